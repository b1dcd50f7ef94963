import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AcngSettings, acngConfig } from './acng-config.ts';
import { type ChildEvent, SupervisedChild } from './supervised-child.ts';

export interface AptCacherOptions extends Omit<AcngSettings, 'cacheDir' | 'logDir'> {
  /** Configuration, cache and logs live here. */
  dir: string;
  onEvent: (event: ChildEvent) => void;
  command?: string;
}

/** Starts apt-cacher-ng as a child of this process, with a configuration of its own. */
export async function startAptCacher(options: AptCacherOptions): Promise<SupervisedChild> {
  const { dir, address, port, onEvent } = options;
  const [configDir, cacheDir, logDir] = [join(dir, 'conf'), join(dir, 'cache'), join(dir, 'log')];
  for (const each of [configDir, cacheDir, logDir]) await mkdir(each, { recursive: true, mode: 0o700 });
  await writeFile(join(configDir, 'acng.conf'), acngConfig({ ...options, cacheDir, logDir }), {
    mode: 0o600,
  });
  const child = new SupervisedChild({
    // It ends when this process does, even when this process is killed: its port must be free for the next one.
    command: 'setpriv',
    args: ['--pdeathsig', 'TERM', '--', options.command ?? '/usr/sbin/apt-cacher-ng', '-c', configDir],
    logPath: join(logDir, 'output.log'),
    healthy: () => answers(`http://${address}:${port}/`),
    onEvent,
  });
  child.start();
  return child;
}

/** Whether an HTTP server is there at all: its front page is a 4xx with advice on how to use it. */
async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3_000), redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status < 500;
}
