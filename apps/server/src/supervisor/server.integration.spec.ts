import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newTestDatabase } from '@halligan/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestRedis } from '../testing/test-redis.ts';
import { freePort, TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';
import type { ReadyLine } from './run-server.ts';

const PASSWORD = 'a better password';

function alive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

describe('halligan server', () => {
  let directory: string;
  let server: TestServer;
  let ready: ReadyLine;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'halligan-server-'));
    server = new TestServer(join(directory, 'data'), await freePort());
    const line = await server.start();
    if (typeof line === 'number') throw new Error(server.stderr);
    ready = line;
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    rmSync(directory, { recursive: true, force: true });
  });

  it('tells where it is, and the one-time password, in one line', async () => {
    expect(ready).toMatchObject({ url: `https://127.0.0.1:${server.port}`, dataDir: server.dataDir });
    expect(ready.bootHttp).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(ready.admin?.username).toBe('admin');

    await server.signIn('admin', ready.admin?.oneTimePassword ?? '', PASSWORD);

    const names = (await server.system()).processes.map(({ name, state }) => `${name} ${state}`);
    expect(names.sort()).toEqual(['api running', 'netboot running', 'redis running', 'worker running']);
  });

  it('keeps its secrets to itself, and the password nowhere', () => {
    const secrets = join(server.dataDir, 'secrets');
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    for (const name of ['ssh_key', 'encryption.key', 'tls.key'])
      expect(statSync(join(secrets, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(secrets, 'ssh_key'), 'utf8')).toContain('BEGIN OPENSSH PRIVATE KEY');
    expect(readFileSync(join(secrets, 'ssh_key.pub'), 'utf8')).toMatch(/^ssh-ed25519 \S+ halligan\n$/);
    for (const name of ['server', 'api', 'worker', 'netboot'])
      expect(readFileSync(join(server.dataDir, `logs/${name}.log`), 'utf8')).not.toContain(
        ready.admin?.oneTimePassword,
      );
  });

  it('refuses a second server on the same data folder, and leaves the first alone', async () => {
    const second = new TestServer(server.dataDir, await freePort());

    expect(await second.start()).toBe(1);
    expect(second.stderr).toContain(
      `Another Halligan server (process ${server.pid}) works in ${server.dataDir}`,
    );
    expect((await server.call('GET', '/health')).status).toBe(200);
  });

  it.each(['api', 'worker', 'netboot', 'redis'])('starts %s again when it is killed', async (name) => {
    const before = (await server.system()).processes.find((each) => each.name === name);
    process.kill(before?.pid ?? 0, 'SIGKILL');

    await until(async () => {
      const now = await server.call('GET', '/system');
      const processes = (now.body?.processes ?? []) as { name: string; state: string; restarts: number }[];
      const it = processes.find((each) => each.name === name);
      return now.status === 200 && it?.state === 'running' && it.restarts === (before?.restarts ?? 0) + 1;
    }, 30_000);
  });

  it('leaves no process when it is killed itself, and goes on with the same data', async () => {
    await server.call('POST', '/users', { username: 'kept', password: 'some password', role: 'viewer' });
    const pids = (await server.system()).processes.map(({ pid }) => pid ?? 0);
    await server.end('SIGKILL');
    const again = await server.start();

    expect(again).toMatchObject({ certificateFingerprint: ready.certificateFingerprint });
    expect(again).not.toHaveProperty('admin');
    await until(() => pids.every((pid) => !alive(pid)));
    const users = (await server.call('GET', '/users')).body as { username: string }[];
    expect(users.map((user) => user.username)).toEqual(['admin', 'kept']);
  });

  it('stops everything when it is told to', async () => {
    const pids = (await server.system()).processes.map(({ pid }) => pid ?? 0);

    expect(await server.end('SIGTERM')).toBe(0);
    expect(pids.filter(alive)).toEqual([]);
  });

  it('says what is wrong with a flag (2) and with a port that is taken (1)', async () => {
    const other = createServer().listen(server.port, '127.0.0.1');

    expect(await server.start('--listen', 'nonsense')).toBe(2);
    expect(server.stderr).toContain('listen: ADDRESS:PORT');
    expect(await server.start()).toBe(1);
    expect(server.stderr).toContain('Another program uses that port');
    other.close();
  });
});

it('runs on PostgreSQL and a Redis that somebody else looks after, with the same command', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'halligan-server-'));
  const store = await newTestDatabase('postgresql', { empty: true });
  const redis = new TestRedis(directory);
  await redis.start();
  const environment = { DATABASE_URL: store.url, REDIS_URL: redis.url };
  const server = new TestServer(join(directory, 'data'), await freePort(), environment);

  const line = await server.start();
  if (typeof line === 'number') throw new Error(server.stderr);
  await server.signIn('admin', line.admin?.oneTimePassword ?? '', PASSWORD);
  const system = await server.system();

  expect(system.database).toEqual({ provider: 'postgresql', ok: true });
  expect(system.redis.ok).toBe(true);
  expect(system.processes.map((each) => each.name).sort()).toEqual(['api', 'netboot', 'worker']);
  expect(existsSync(join(server.dataDir, 'halligan.db'))).toBe(false);
  expect(await server.end('SIGTERM')).toBe(0);
  await redis.stop();
  rmSync(directory, { recursive: true });
});
