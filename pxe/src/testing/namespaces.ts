import { mustRun, run, Service } from './run.ts';

/** One end of a cable. */
export interface End {
  readonly namespace: Namespace;
  readonly name: string;
  /** Such as `10.78.0.1/24`; none leaves the interface without one. */
  readonly address?: string;
}

/** A network namespace of its own; whatever runs in it is ended with it. Needs root. */
export class Namespace {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** `label` keeps the namespaces of one test apart, the process id those of different tests. */
  static async create(label: string): Promise<Namespace> {
    const made = new Namespace(`hg-${process.pid}-${label}`);
    await mustRun('ip', ['netns', 'add', made.name]);
    await made.ip('link', 'set', 'lo', 'up');
    return made;
  }

  ip(...args: string[]): Promise<string> {
    return mustRun('ip', ['-n', this.name, ...args]);
  }

  /** A program inside, to its end. */
  run(program: string, ...args: string[]) {
    return run('ip', ['netns', 'exec', this.name, program, ...args]);
  }

  /** A program inside that keeps running. */
  start(program: string, ...args: string[]): Service {
    return new Service('ip', ['netns', 'exec', this.name, program, ...args]);
  }

  /** Ends what still runs inside and removes the namespace with its interfaces. */
  async remove(): Promise<void> {
    const pids = (await mustRun('ip', ['netns', 'pids', this.name])).split('\n').filter(Boolean);
    for (const pid of pids) process.kill(Number(pid), 'SIGKILL');
    await mustRun('ip', ['netns', 'del', this.name]);
  }
}

let cables = 0;

/** Joins two namespaces by a cable. */
export async function connect(first: End, second: End): Promise<void> {
  cables += 1;
  const [one, two] = ['a', 'b'].map((side) => `hg${process.pid}${side}${cables}`);
  await mustRun('ip', ['link', 'add', `${one}`, 'type', 'veth', 'peer', 'name', `${two}`]);
  await plug(`${one}`, first);
  await plug(`${two}`, second);
}

async function plug(cableEnd: string, { namespace, name, address }: End): Promise<void> {
  await mustRun('ip', ['link', 'set', cableEnd, 'netns', namespace.name, 'name', name]);
  if (address) await namespace.ip('address', 'add', address, 'dev', name);
  await namespace.ip('link', 'set', 'dev', name, 'up');
}
