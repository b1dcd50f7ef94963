import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError, unwrap } from '@halligan/api-client';
import { type Lab, startLab } from '@halligan/lab';
import { execa } from 'execa';
import { eventually } from '../../harness/eventually.ts';

const MEBIBYTE = 1024 * 1024;
const SEEN_WITHIN_MS = 30_000;

/** A server whose data folder lies on a small file system that is then filled to the last megabyte. */
export async function fullDisk(): Promise<void> {
  const mount = await mkdtemp(join(tmpdir(), 'halligan-full-'));
  await execa('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=0700', 'tmpfs', mount]);
  try {
    const dataDir = join(mount, 'data');
    const lab = await startLab({ name: 'full', machines: 0, port: 0, dataDir });
    try {
      await refuseAndRecover(lab, join(mount, 'ballast'));
    } finally {
      await lab.close();
    }
    await databaseIsSound(dataDir);
  } finally {
    await execa('umount', ['--lazy', mount]);
    await rm(mount, { recursive: true });
  }
}

async function refuseAndRecover({ client, dataDir }: Lab, ballast: string): Promise<void> {
  const addUser = (username: string) =>
    unwrap(
      client.POST('/api/v1/users', { body: { username, password: 'a long enough one', role: 'viewer' } }),
    );
  const users = async () => (await unwrap(client.GET('/api/v1/users'))).map((user) => user.username).sort();

  await addUser('before');
  await fill(dataDir, ballast);
  let tries = 0;
  const refusal = await eventually('writes are refused', SEEN_WITHIN_MS, async () => {
    tries += 1;
    const outcome = await addUser(`during${tries}`).catch((error: unknown) => error);
    return outcome instanceof ApiError ? outcome : undefined;
  });
  assert.equal(refusal.code, 'storage.full');
  assert.equal(refusal.status, 507);
  const whileFull = await users();
  assert.ok(whileFull.includes('before'), 'what was acknowledged is there');
  rmSync(ballast);
  await eventually('writes go on once there is space', SEEN_WITHIN_MS, () => addUser('after'));
  assert.deepEqual(await users(), [...whileFull, 'after'].sort());
}

async function fill(dataDir: string, ballast: string): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - MEBIBYTE)));
}

async function databaseIsSound(dataDir: string): Promise<void> {
  const { stdout } = await execa('sqlite3', [join(dataDir, 'halligan.db'), 'PRAGMA integrity_check']);
  assert.equal(stdout, 'ok');
}
