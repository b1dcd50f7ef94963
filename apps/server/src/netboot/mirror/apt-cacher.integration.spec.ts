import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startAptCacher } from './apt-cacher.ts';
import { mirroredUrls } from './mirror-plan.ts';
import type { ChildEvent, SupervisedChild } from './supervised-child.ts';

let dir: string;
let upstream: Server;
let upstreamUrl: string;
let asked: string[];
let cacher: SupervisedChild;
let port: number;
let events: ChildEvent[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'halligan-acng-'));
  asked = [];
  events = [];
  upstream = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Last-Modified', new Date(0).toUTCString());
    response.end('a package');
  });
  const upstreamPort = await freePort();
  await new Promise<void>((resolve) => upstream.listen(upstreamPort, '127.0.0.1', resolve));
  upstreamUrl = `http://127.0.0.1:${upstreamPort}/debian`;
  port = await freePort();
  const upstreams = mirroredUrls([{ uri: upstreamUrl, suite: 'bookworm', components: ['main'] }]);
  const onEvent = (event: ChildEvent) => events.push(event);
  cacher = await startAptCacher({ dir, address: '127.0.0.1', port, proxy: null, upstreams, onEvent });
  await vi.waitFor(() => expect(cacher.isHealthy).toBe(true), { timeout: 15_000 });
});

afterEach(async () => {
  await cacher.stop();
  upstream.close();
  await rm(dir, { recursive: true });
});

it('fetches a package once, however often it is asked for, and nothing from elsewhere', async () => {
  const path = '/pool/main/x/x_1.0_all.deb';
  expect(await throughProxy(`${upstreamUrl}${path}`)).toEqual({ status: 200, text: 'a package' });
  expect(await throughProxy(`${upstreamUrl}${path}`)).toEqual({ status: 200, text: 'a package' });
  expect(asked).toEqual([`/debian${path}`]);
  const other = upstreamUrl.replace('/debian', '/elsewhere');
  expect((await throughProxy(`${other}${path}`)).status).toBeGreaterThanOrEqual(400);
  expect(asked).toHaveLength(1);
});

it('is started again when it dies', async () => {
  const { pid = 0 } = cacher;
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(cacher.pid).not.toBe(pid), { timeout: 10_000 });
  await vi.waitFor(() => expect(cacher.isHealthy).toBe(true), { timeout: 15_000 });
  expect(events.map(({ kind }) => kind)).toEqual(['started', 'healthy', 'ended', 'started', 'healthy']);
});

async function throughProxy(url: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: url, headers: { Host: new URL(url).host } },
      (answer) => {
        let text = '';
        answer
          .on('data', (chunk) => (text += chunk))
          .on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject).end();
  });
}

/** A free port that apt-cacher-ng knows: it keeps port numbers in 16 bits with a sign. */
async function freePort(): Promise<number> {
  const wanted = 20_000 + Math.floor(Math.random() * 10_000);
  const probe = createTcp();
  return new Promise((resolve) => {
    probe.on('error', () => resolve(freePort()));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)));
  });
}
