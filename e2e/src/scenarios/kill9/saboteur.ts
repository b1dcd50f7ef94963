import { unwrap } from '@halligan/api-client';
import type { Lab } from '@halligan/lab';
import { eventually } from '../../harness/eventually.ts';

const BACK_WITHIN_MS = 60_000;

export type ProcessName = 'api' | 'worker' | 'netboot' | 'redis';

/** Ends processes of the server the hard way and waits until the supervisor has them running again. */
export class Saboteur {
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Kills with signal 9, all at once, and resolves when each runs again under another process id. */
  async kill(...names: ProcessName[]): Promise<void> {
    const before = await this.#processes();
    const pids = names.map((name) => pidOf(before, name));
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await eventually(`${names.join(', ')} running again`, BACK_WITHIN_MS, async () => {
      const now = await this.#processes();
      const back = names.every((name, index) => {
        const found = now.find((one) => one.name === name);
        return found?.state === 'running' && found.pid !== pids[index];
      });
      return back ? true : undefined;
    });
  }

  async #processes() {
    return (await unwrap(this.#lab.client.GET('/api/v1/system'))).processes;
  }
}

function pidOf(processes: readonly { name: string; pid: number | null }[], name: ProcessName): number {
  const pid = processes.find((one) => one.name === name)?.pid;
  if (pid === null || pid === undefined) throw new Error(`${name} is not running`);
  return pid;
}
