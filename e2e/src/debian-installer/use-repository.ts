import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Lab, SERVER_ADDRESS } from '@halligan/lab';
import type { InstallerRepository } from './ensure-repository.ts';

const PROGRAM = fileURLToPath(new URL('./archive-program.js', import.meta.url));
const PORT = 8099;

/** What the nodes fetched from the repository. */
export interface Requests {
  /** `GET /debian/dists/… 200`, in order. */
  readonly lines: readonly string[];
}

/** Serves the repository on the rack and tells the server that this boot env installs from there. */
export async function useRepository(
  lab: Lab,
  bootEnv: string,
  codename: string,
  { folder, kernel, initrds }: InstallerRepository,
): Promise<Requests> {
  const args = [PROGRAM, folder, SERVER_ADDRESS, String(PORT)];
  const child = lab.rack.spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.process.stdout === null) throw new Error('the repository server has no output');
  const output = createInterface({ input: child.process.stdout });
  await Promise.race([
    once(output, 'line'),
    child.exited.then(({ code }) => Promise.reject(new Error(`the repository server ended with ${code}`))),
  ]);
  const lines: string[] = [];
  output.on('line', (line) => lines.push(line));
  const source = { url: `http://${SERVER_ADDRESS}:${PORT}/debian`, suite: codename };
  const settings = { [bootEnv]: { kernel, initrds, source } };
  await writeFile(join(lab.dataDir, 'boot-envs.json'), `${JSON.stringify(settings, null, 2)}\n`);
  return { lines };
}
