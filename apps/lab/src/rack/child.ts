import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How a child ended, with the last words it wrote to stderr. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords: string;
}

const LAST_WORDS_BYTES = 4000;
const LAST_WORDS_MS = 200;

/** A long-lived child process whose end is always known and which can be stopped for certain. */
export class Child {
  readonly process: ChildProcess;
  readonly exited: Promise<ChildExit>;
  #lastWords = '';
  #running = true;

  constructor(process: ChildProcess) {
    this.process = process;
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS_BYTES);
    });
    this.exited = new Promise((resolve) => {
      const settle = (code: number | null, signal: NodeJS.Signals | null) => {
        this.#running = false;
        resolve({ code, signal, lastWords: this.#lastWords.trim() });
      };
      process.once('error', (error) => {
        this.#lastWords += error.message;
        settle(null, null);
      });
      // A grandchild may hold the pipes open long after; last words still in them get a moment.
      process.once('exit', (code, signal) => {
        const moment = setTimeout(settle, LAST_WORDS_MS, code, signal);
        process.once('close', () => {
          clearTimeout(moment);
          settle(code, signal);
        });
      });
    });
  }

  get running(): boolean {
    return this.#running;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Resolves when the program was found and started; throws with the reason when not. */
  async started(): Promise<this> {
    if (this.process.pid === undefined) await once(this.process, 'spawn');
    return this;
  }

  /** Asks with SIGTERM, insists with SIGKILL after `patienceMs`; resolves when the process is gone. */
  async stop(patienceMs = 5000): Promise<ChildExit> {
    if (!this.#running) return this.exited;
    this.process.kill('SIGTERM');
    const insist = setTimeout(() => this.process.kill('SIGKILL'), patienceMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(insist);
    }
  }

  /** Pulls the plug: SIGKILL at once; resolves when the process is gone. */
  async kill(): Promise<ChildExit> {
    if (this.#running) this.process.kill('SIGKILL');
    return this.exited;
  }
}
