import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

let disk: string;
let server: TestServer;

beforeAll(async () => {
  disk = mkdtempSync(join(tmpdir(), 'halligan-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
  server = new TestServer(join(disk, 'data'), await freePort());
  const line = await server.start();
  if (typeof line === 'number') throw new Error(server.stderr);
  await server.signIn('admin', line.admin?.oneTimePassword ?? '', 'a better password');
});
afterAll(async () => {
  await server.end('SIGTERM');
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

/** Writes until nothing more goes onto the disk. */
function fill(): void {
  const file = openSync(join(disk, 'filler'), 'w');
  try {
    for (let size = 1024 * 1024; size >= 512; size /= 2) writeMany(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

function writeMany(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

it('refuses changes with a clear error while the disk is full, and corrupts nothing', async () => {
  const addUser = (username: string) =>
    server.call('POST', '/users', { username, password: 'some password', role: 'viewer' });
  expect((await addUser('before')).status).toBe(201);

  fill();
  const racing = await addUser('racing');
  await until(async () => (await server.system()).storageFull);
  const refused = await addUser('during');
  rmSync(join(disk, 'filler'));
  await until(async () => !(await server.system()).storageFull);

  expect(racing).toMatchObject({ status: 507, body: { code: 'storage.full' } });
  expect(refused).toMatchObject({ status: 507, body: { code: 'storage.full' } });
  expect(refused.body.detail).toContain('nothing was changed');
  expect((await addUser('after')).status).toBe(201);
  const users = (await server.call('GET', '/users')).body as { username: string }[];
  expect(users.map((user) => user.username)).toEqual(['admin', 'after', 'before']);
  const states = (await server.system()).processes.map((each) => each.state);
  expect(states).toEqual(states.map(() => 'running'));
});
