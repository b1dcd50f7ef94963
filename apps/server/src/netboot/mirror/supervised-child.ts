import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface SupervisedChildOptions {
  command: string;
  args: readonly string[];
  /** Both its outputs go here. */
  logPath: string;
  /** Resolves true when it serves. Asked every few seconds. */
  healthy: () => Promise<boolean>;
  onEvent: (event: ChildEvent) => void;
  checkEveryMs?: number;
}

export type ChildEvent =
  | { kind: 'started'; pid: number | undefined }
  | { kind: 'ended'; reason: string; restartInMs: number }
  | { kind: 'unhealthy' }
  | { kind: 'healthy' };

/** Also how many seconds a program may take to begin to answer. */
const unhealthyLimit = 10;
const stopLimitMs = 3_000;

/** Keeps one program running: starts it again, a little later each time, when it ends or stops answering. */
export class SupervisedChild {
  #child: ChildProcess | null = null;
  #log: WriteStream | null = null;
  #loop: Promise<void> | null = null;
  #healthy = false;
  readonly #stop = new AbortController();
  readonly #options: SupervisedChildOptions;

  constructor(options: SupervisedChildOptions) {
    this.#options = options;
  }

  get isHealthy(): boolean {
    return this.#healthy;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    this.#log = createWriteStream(this.#options.logPath, { flags: 'a', mode: 0o600 });
    this.#loop = this.#run();
  }

  /** Ends the program and resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#end();
    await this.#loop;
    this.#log?.end();
  }

  async #run(): Promise<void> {
    const { onEvent } = this.#options;
    for (let failures = 0; !this.#stop.signal.aborted; failures += 1) {
      const startedAt = Date.now();
      const reason = await this.#runOnce();
      if (this.#stop.signal.aborted) return;
      if (Date.now() - startedAt > 60_000) failures = 0;
      const restartInMs = Math.min(30_000, 500 * 2 ** failures);
      onEvent({ kind: 'ended', reason, restartInMs });
      await pause(restartInMs, this.#stop.signal);
    }
  }

  async #runOnce(): Promise<string> {
    const { command, args, onEvent } = this.#options;
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' },
    });
    this.#child = child;
    const over = new AbortController();
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(`ended with ${signal ?? code}`));
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.#log?.write(chunk));
    onEvent({ kind: 'started', pid: child.pid });
    const watching = this.#watch(over.signal);
    const reason = await ended;
    over.abort();
    await watching;
    this.#healthy = false;
    this.#child = null;
    return reason;
  }

  /** Looks after the program's health until `over`; ends it when it does not answer any more. */
  async #watch(over: AbortSignal): Promise<void> {
    let missed = 0;
    while (!over.aborted) {
      const healthy = await this.#options.healthy().catch(() => false);
      if (over.aborted) return;
      missed = healthy ? 0 : missed + 1;
      this.#tell(healthy, missed);
      if (missed >= unhealthyLimit) await this.#end();
      await pause(healthy ? (this.#options.checkEveryMs ?? 5_000) : 1_000, over);
    }
  }

  /** One miss is no news: a busy machine answers late now and then. */
  #tell(healthy: boolean, missed: number): void {
    const now = healthy || (this.#healthy && missed < unhealthyLimit);
    if (now !== this.#healthy) this.#options.onEvent({ kind: now ? 'healthy' : 'unhealthy' });
    this.#healthy = now;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    await gone;
    clearTimeout(kill);
  }
}

async function pause(ms: number, until: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: until }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
}
