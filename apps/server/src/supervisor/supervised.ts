import type { ChildProcess } from 'node:child_process';
import type { Logger } from 'pino';
import type { ProcessView } from '../shared/process/process.dto.ts';
import { Restarts } from './restarts.ts';

const KILL_AFTER_MS = 10_000;

export interface SupervisedOptions {
  name: string;
  /** Starts the process; called again each time it has died. */
  start: () => ChildProcess;
  /** Told of every change of state. */
  onChange: () => void;
  log: Logger;
}

/** One process that is kept running until it is told to stop. */
export class Supervised {
  readonly name: string;
  readonly #options: SupervisedOptions;
  readonly #restarts = new Restarts();
  #child: ChildProcess | null = null;
  #state: ProcessView['state'] = 'stopped';
  #since = Date.now();
  #timer: NodeJS.Timeout | null = null;
  #stopping = false;

  constructor(options: SupervisedOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get child(): ChildProcess | null {
    return this.#child;
  }

  view(): ProcessView {
    return {
      name: this.name,
      pid: this.#child?.pid ?? null,
      state: this.#state,
      restarts: this.#restarts.count,
      since: new Date(this.#since).toISOString(),
    };
  }

  start(): void {
    const child = this.#options.start();
    this.#child = child;
    this.#change('starting');
    child.once('error', (error) =>
      this.#options.log.error({ error: error.message }, `${this.name} cannot be started`),
    );
    child.once('close', (code, signal) => this.#ended(code, signal));
  }

  /** Its process has said that it does its work. */
  ready(): void {
    this.#change('running');
  }

  /** Asks the process to end, and makes it end after ten seconds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const killer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      child.once('close', () => {
        clearTimeout(killer);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    const ranFor = Date.now() - this.#since;
    this.#child = null;
    if (this.#stopping) {
      this.#change('stopped');
      return;
    }
    const pause = this.#restarts.nextPause(ranFor);
    this.#options.log.warn({ code, signal, pause }, `${this.name} ended and is started again`);
    this.#timer = setTimeout(() => this.start(), pause);
    this.#change('waiting');
  }

  #change(state: ProcessView['state']): void {
    this.#state = state;
    this.#since = Date.now();
    this.#options.onChange();
  }
}
