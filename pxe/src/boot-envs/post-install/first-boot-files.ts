import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PlantedFile } from '../boot-env.ts';

/** The unit that calls back when an installed system starts for the first time. */
export const firstBootUnit = 'halligan-first-boot.service';

const sources = fileURLToPath(new URL('../../../src/images/root/', import.meta.url));

/** The first-boot call-back as images carry it, for systems that an installer makes. */
export async function firstBootFiles(call: { url: string; token: string }): Promise<PlantedFile[]> {
  const read = (name: string) => readFile(sources + name, 'utf8');
  return [
    { path: '/usr/lib/halligan/first-boot', mode: 0o755, content: await read('first-boot') },
    { path: `/etc/systemd/system/${firstBootUnit}`, mode: 0o644, content: await read(firstBootUnit) },
    { path: '/etc/halligan/first-boot.url', mode: 0o644, content: `${call.url}\n` },
    { path: '/etc/halligan/first-boot.token', mode: 0o600, content: `${call.token}\n` },
  ];
}
