import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findLeftovers, removeLeftover } from './leftovers.ts';
import { NetworkNamespace } from './namespace.ts';

const LIBRARY = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const OWNER = `
  import { createRack } from ${JSON.stringify(LIBRARY)};
  const rack = await createRack({ name: 'killed', machines: [{ memoryMegabytes: 128 }] });
  await rack.unit(0).machine.powerOn();
  console.log(rack.namespace);
`;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

it('a rack whose owner is killed loses its processes at once and the rest on request', async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [name] = await once(owner.stdout.setEncoding('utf8'), 'data');
  const namespace = String(name).trim();
  expect((await NetworkNamespace.existing(namespace).processIds()).length).toBeGreaterThanOrEqual(2);
  owner.kill('SIGKILL');
  await once(owner, 'exit');

  await expect.poll(() => NetworkNamespace.existing(namespace).processIds(), { timeout: 5000 }).toEqual([]);
  const record = (await findLeftovers()).find((leftover) => leftover.namespace === namespace);
  if (record === undefined) throw new Error('the dead rack was not found');
  await removeLeftover(record);
  expect(await exists(`/run/netns/${namespace}`)).toBe(false);
  expect(await exists(record.folder)).toBe(false);
  expect(await findLeftovers()).not.toContainEqual(record);
});
