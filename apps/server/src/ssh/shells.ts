import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { NodeSSH } from 'node-ssh';
import { SshKeyPair } from '../shared/secrets.ts';
import { connect } from './connect.ts';
import { type ExecOptions, type ExecResult, execOn } from './exec.ts';
import { ShellError } from './shell-error.ts';
import type { ShellTarget } from './shell-target.ts';

const IDLE_MS = 60_000;

interface Entry {
  readonly ssh: Promise<NodeSSH>;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/** Shells on nodes: one kept connection per node, shared by whoever has something to run there. */
@Injectable()
export class Shells implements OnApplicationShutdown {
  readonly #keys: SshKeyPair;
  readonly #entries = new Map<string, Entry>();

  constructor(keys: SshKeyPair) {
    this.#keys = keys;
  }

  /**
   * Runs one command on the node, as root.
   *
   * @throws {ShellError} when there is no shell or it broke. A command that fails is no error: look at its status.
   */
  async exec(target: ShellTarget, command: string, options: ExecOptions = {}): Promise<ExecResult> {
    const key = keyOf(target);
    const entry = this.#entries.get(key) ?? this.#open(key, target);
    entry.users += 1;
    clearTimeout(entry.idle);
    try {
      const { connection } = await entry.ssh;
      if (connection === null) throw new ShellError('ssh.connection_lost', 'The SSH connection was closed.');
      return await execOn(connection, command, options);
    } catch (error) {
      if (error instanceof ShellError && error.code === 'ssh.connection_lost') await this.#drop(key, entry);
      throw error;
    } finally {
      entry.users -= 1;
      if (entry.users === 0) entry.idle = setTimeout(() => this.#drop(key, entry), IDLE_MS).unref();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#entries].map(([key, entry]) => this.#drop(key, entry)));
  }

  #open(key: string, target: ShellTarget): Entry {
    const entry: Entry = { ssh: connect(target, this.#keys.privateKey), users: 0, idle: undefined };
    this.#entries.set(key, entry);
    entry.ssh.then(
      ({ connection }) => connection?.once('close', () => this.#forget(key, entry)),
      () => this.#forget(key, entry),
    );
    return entry;
  }

  #forget(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  async #drop(key: string, entry: Entry): Promise<void> {
    clearTimeout(entry.idle);
    this.#forget(key, entry);
    const [opened] = await Promise.allSettled([entry.ssh]);
    if (opened.status === 'fulfilled') opened.value.dispose();
  }
}

/** A node that was installed anew has other keys, and so gets another connection. */
function keyOf({ id, address, sshHostKeys }: ShellTarget): string {
  return [id, address ?? '', ...sshHostKeys].join(' ');
}
