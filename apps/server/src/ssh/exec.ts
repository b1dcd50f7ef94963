import type { Client, ClientChannel } from 'ssh2';
import { ShellError } from './shell-error.ts';

/** Choices for one command. */
export interface ExecOptions {
  readonly stdin?: Buffer;
  /** Given, standard output goes here piece by piece and is not collected. */
  readonly onStdout?: (bytes: Buffer) => void;
  readonly timeoutMs?: number;
  /** Lets go of the command; what runs on the node is not stopped by that. */
  readonly signal?: AbortSignal;
}

/** How a command ended. */
export interface ExecResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const KEPT_BYTES = 1 << 20;

/**
 * Runs one command and waits for its end. A command that ended without a status, because the connection died or a
 * signal ended it, counts as lost: never as success.
 *
 * @throws {ShellError} `ssh.connection_lost` or `ssh.timeout`; the signal's reason when it was aborted.
 */
export function execOn(client: Client, command: string, options: ExecOptions = {}): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const lost = (cause: unknown) =>
      reject(
        new ShellError('ssh.connection_lost', 'The SSH connection broke while a command ran.', { cause }),
      );
    const closed = () => lost(undefined);
    client.once('close', closed);
    try {
      client.exec(command, (error, channel) => {
        if (error) return lost(error);
        attend(channel, options)
          .then(resolve, reject)
          .finally(() => client.removeListener('close', closed));
      });
    } catch (error) {
      lost(error);
    }
  });
}

function attend(channel: ClientChannel, options: ExecOptions): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const { stdin, onStdout, timeoutMs, signal } = options;
    const stdout = new Kept();
    const stderr = new Kept();
    const giveUp = (reason: unknown) => {
      channel.close();
      reject(reason);
    };
    const aborted = () => giveUp(signal?.reason);
    const timer = timeoutMs && setTimeout(() => giveUp(timedOut(timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', aborted, { once: true });
    channel.on('data', (bytes: Buffer) => (onStdout ? onStdout(bytes) : stdout.add(bytes)));
    channel.stderr.on('data', (bytes: Buffer) => stderr.add(bytes));
    channel.on('error', reject);
    channel.on('close', (status: number | null | undefined) => {
      clearTimeout(timer || undefined);
      signal?.removeEventListener('abort', aborted);
      if (typeof status === 'number') resolve({ status, stdout: stdout.text, stderr: stderr.text });
      else reject(new ShellError('ssh.connection_lost', 'The command ended without a status.'));
    });
    channel.end(stdin);
    if (signal?.aborted) aborted();
  });
}

function timedOut(milliseconds: number): ShellError {
  return new ShellError('ssh.timeout', `The command did not finish within ${milliseconds / 1000} s.`);
}

/** Collects output up to a limit, so that a talkative command cannot fill the memory. */
class Kept {
  readonly #parts: Buffer[] = [];
  #size = 0;

  add(bytes: Buffer): void {
    if (this.#size >= KEPT_BYTES) return;
    this.#parts.push(bytes);
    this.#size += bytes.length;
  }

  get text(): string {
    return Buffer.concat(this.#parts).subarray(0, KEPT_BYTES).toString('utf8');
  }
}
