import { type SpawnOptions, spawn } from 'node:child_process';
import { execa } from 'execa';
import { LabError, messageOf } from '../lab-error.ts';
import { Child } from './child.ts';

/** What a short command may be given besides its arguments. */
export interface RunOptions {
  readonly input?: string;
  readonly env?: Record<string, string>;
  readonly timeoutMs?: number;
}

/** A named network namespace with nothing in it that leads outside, and the way to run programs inside it. */
export class NetworkNamespace {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** Makes the namespace; refuses when it exists or when the kernel or our rights do not allow it. */
  static async create(name: string): Promise<NetworkNamespace> {
    try {
      await execa('ip', ['netns', 'add', name]);
    } catch (error) {
      throw new LabError(
        'lab.no_namespace',
        `cannot make the network namespace ${name}: ${messageOf(error)}`,
        'run as root on a kernel with network namespaces; `npm run lab -- --clean` removes what an earlier lab left',
        { cause: error },
      );
    }
    return new NetworkNamespace(name);
  }

  /** A namespace that exists already, for instance one left by a lab that died. */
  static existing(name: string): NetworkNamespace {
    return new NetworkNamespace(name);
  }

  /** Applies `ip` commands, one per line, as one batch. */
  async configure(commands: readonly string[]): Promise<void> {
    await execa('ip', ['-netns', this.name, '-batch', '-'], { input: `${commands.join('\n')}\n` });
  }

  /** Runs a program inside to its end and returns what it wrote; throws when it fails. */
  async run(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    const [command, wrapped] = this.#wrap(file, args);
    const result = await execa(command, wrapped, {
      ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    return result.stdout;
  }

  /**
   * Starts a long-lived program inside. It dies with us whatever happens to us, and its pid is that of the
   * program itself: both wrappers replace themselves by what they start. It has a process group of its own,
   * so that a Ctrl-C at the terminal reaches us alone and everything is ended in good order.
   */
  spawn(file: string, args: readonly string[], options: SpawnOptions = {}): Child {
    const [command, wrapped] = this.#wrap(file, args);
    return new Child(spawn(command, wrapped, { ...options, detached: true }));
  }

  /** Every process that lives inside. */
  async processIds(): Promise<number[]> {
    const { stdout } = await execa('ip', ['netns', 'pids', this.name]);
    return stdout.split('\n').filter(Boolean).map(Number);
  }

  /** Ends every process inside and removes the namespace with its interfaces. */
  async remove(): Promise<void> {
    await killAll(() => this.processIds());
    await execa('ip', ['netns', 'delete', this.name]);
  }

  #wrap(file: string, args: readonly string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.name, 'setpriv', '--pdeathsig', 'KILL', file, ...args]];
  }
}

/** Kills what `list` names until it names nothing. */
async function killAll(list: () => Promise<number[]>): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (let pids = await list(); pids.length > 0; pids = await list()) {
    for (const pid of pids) killIfThere(pid);
    if (Date.now() > deadline) {
      throw new LabError(
        'lab.process_stays',
        `processes ${pids.join(', ')} do not end`,
        'look at them with ps; they may hang in the kernel',
      );
    }
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
