import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BootRig, mac, startBootRig } from './testing/boot-rig.ts';

const requests = 4_000;
const atOnce = 40;

let rig: BootRig;

beforeAll(async () => {
  rig = await startBootRig();
  await writeFile(join(rig.dir, 'vmlinuz'), randomBytes(50_000));
});

afterAll(() => rig.close());

/** A generator that gives the same numbers for the same seed, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function seeds(): string[] {
  const { token } = rig.sessions.openBoot(mac);
  return [
    `GET /boot/${token}/ipxe HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /boot/${token}/f/vmlinuz HTTP/1.1\r\nHost: x\r\nRange: bytes=0-99\r\n\r\n`,
    `POST /agent/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nX-Attempt-Id: attempt-1\r\nContent-Length: 14\r\n\r\nfirmware=bios\n`,
    'POST /agent/inventory HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n0\r\n\r\n',
    'GET /agent/action?wait=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n',
    'GET //loaders/ipxe.efi HTTP/1.0\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nExpect: 100-continue\r\n\r\n',
    'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n',
  ];
}

function mutate(text: string, next: (below: number) => number): Buffer {
  if (next(10) === 0) return randomBytes(next(400));
  const bytes = Buffer.from(text, 'latin1');
  const edits = next(6);
  for (let edit = 0; edit < edits; edit += 1) bytes[next(bytes.length)] = next(256);
  const cut = next(4) === 0 ? next(bytes.length) : bytes.length;
  return next(8) === 0
    ? Buffer.concat([bytes.subarray(0, cut), randomBytes(next(9_000))])
    : bytes.subarray(0, cut);
}

function send(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(rig.listening.port, '127.0.0.1', () => socket.end(bytes));
    // What comes back does not matter, nor how the connection ends: only that it does.
    socket.resume().on('error', () => socket.destroy());
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('close', () => resolve());
  });
}

async function storm(count: number, next: (below: number) => number): Promise<void> {
  for (let done = 0; done < count; done += atOnce) {
    const templates = seeds();
    await Promise.all(
      Array.from({ length: atOnce }, () => send(mutate(templates[next(templates.length)] ?? '', next))),
    );
  }
}

const handles = () => readdirSync('/proc/self/fd').length;

it(`survives ${requests} random and mutated requests without a leak`, { timeout: 60_000 }, async () => {
  const next = numbers(20_260);
  await storm(1_000, next);
  global.gc?.();
  const before = { handles: handles(), rss: process.memoryUsage().rss };
  await storm(requests - 1_000, next);
  global.gc?.();
  expect(handles()).toBeLessThanOrEqual(before.handles + 5);
  expect(process.memoryUsage().rss - before.rss).toBeLessThan(80 * 1024 * 1024);
  expect(rig.backend.faults).toEqual([]);
  expect(rig.backend.malformedCount).toBeGreaterThan(500);
  const { token } = rig.sessions.openBoot(mac);
  expect((await fetch(`${rig.url}/boot/${token}/ipxe`)).status).toBe(200);
});
