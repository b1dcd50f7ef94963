import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../runner/bundle.ts';
import type { RunnerEvent } from '../runner/events.ts';
import { JournalReader } from '../runner/journal-reader.ts';
import { runnerSource } from '../runner/runner.ts';
import type { Step } from '../step.ts';

const STAND_INS = fileURLToPath(new URL('../../stand-ins', import.meta.url));
const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** How one call of the runner came out. */
export interface RunnerAnswer {
  readonly status: number | null;
  readonly events: readonly RunnerEvent[];
  readonly raw: string;
  readonly errors: string;
}

/**
 * A scratch directory that plays a node: the real runner in a real shell, with stand-ins for the tools that would
 * change the machine. Needs no root.
 */
export class FakeNode {
  readonly directory = mkdtempSync(join(tmpdir(), 'halligan-fake-node-'));
  readonly root = join(this.directory, 'root');
  readonly #bin = join(this.directory, 'bin');
  readonly #program = join(this.directory, 'runner');
  readonly #shell: readonly string[];

  /** @param options.standIns more directories of stand-in commands; @param options.shell what runs the runner */
  constructor(options: { standIns?: readonly string[]; shell?: readonly string[] } = {}) {
    this.#shell = options.shell ?? ['sh'];
    for (const path of [this.root, join(this.root, 'etc'), this.#bin]) mkdirSync(path, { recursive: true });
    for (const source of [STAND_INS, ...(options.standIns ?? [])])
      cpSync(source, this.#bin, { recursive: true });
    writeFileSync(this.#program, runnerSource);
  }

  /** Runs the steps to their end and answers with what came of them. */
  run(steps: readonly Step[], id: string = randomUUID()): Promise<RunnerAnswer> {
    return this.call(['start', id], bundle(steps).archive);
  }

  /** Asks the checks alone. */
  plan(steps: readonly Step[]): Promise<RunnerAnswer> {
    return this.call(['plan', `plan-${randomUUID()}`], bundle(steps).archive);
  }

  /** Calls the runner with these arguments and this standard input. */
  call(args: readonly string[], input: Buffer = Buffer.alloc(0)): Promise<RunnerAnswer> {
    const [shell = 'sh', ...before] = this.#shell;
    return new Promise((resolve, reject) => {
      const child = execFile(
        shell,
        [...before, this.#program, ...args],
        { env: this.environment, encoding: 'buffer', maxBuffer: 64 << 20 },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== 'number') return reject(error);
          const status = error ? Number(error.code) : 0;
          const events = new JournalReader(0).push(stdout).map(({ event }) => event);
          resolve({ status, events, raw: stdout.toString(), errors: stderr.toString() });
        },
      );
      child.stdin?.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || reject(error));
      child.stdin?.end(input);
    });
  }

  /** Starts the runner without waiting for it; the caller owns the process. */
  spawn(args: readonly string[], input: Buffer = Buffer.alloc(0)): ReturnType<typeof spawn> {
    const [shell = 'sh', ...before] = this.#shell;
    const child = spawn(shell, [...before, this.#program, ...args], { env: this.environment });
    child.stdin.end(input);
    return child;
  }

  /** The environment the runner is called with. */
  get environment(): NodeJS.ProcessEnv {
    return {
      HALLIGAN_ROOT: this.root,
      HALLIGAN_STATE: join(this.directory, 'state'),
      HALLIGAN_RUNTIME: join(this.directory, 'runtime'),
      HALLIGAN_PATH: `${this.#bin}:${SYSTEM_PATH}`,
      PATH: `${this.#bin}:${SYSTEM_PATH}`,
    };
  }

  /** The content of a file of the node. */
  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Writes a file of the node, as somebody might behind our back. */
  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** Removes everything the node held. */
  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The outcome of each step, in order. */
export function outcomes({ events }: RunnerAnswer): string[] {
  return events.flatMap((event) => (event.type === 'step-finished' ? [event.outcome] : []));
}
