import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BootRig, mac, startBootRig } from './testing/boot-rig.ts';

let rig: BootRig;
const kernel = randomBytes(700_000);

beforeEach(async () => {
  rig = await startBootRig();
  await writeFile(join(rig.dir, 'vmlinuz'), kernel);
});

afterEach(() => rig.close());

async function script(token: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${rig.url}/boot/${token}/ipxe`);
  return { status: answer.status, text: await answer.text() };
}

async function agentToken(): Promise<string> {
  const { text } = await script(rig.sessions.openBoot(mac).token);
  return /halligan\.token=(\S+)/.exec(text)?.[1] ?? '';
}

const post = (path: string, token: string, body: string, headers: Record<string, string> = {}) =>
  fetch(rig.url + path, {
    method: 'POST',
    body,
    headers: { Authorization: `Bearer ${token}`, 'X-Attempt-Id': 'attempt-1', ...headers },
  });

async function openSession(): Promise<string> {
  const answer = await post('/agent/session', await agentToken(), 'firmware=bios\nuptime-ms=4500\n');
  return /^session=(.*)$/m.exec(await answer.text())?.[1] ?? '';
}

/** Refusals as the audit sees them. */
const refused = () => rig.backend.refusals.map(({ reason, resource }) => `${resource}: ${reason}`);

describe('a boot', () => {
  it('fetches script and kernel once each; then 403 and an audit line', async () => {
    const { token } = rig.sessions.openBoot(mac);
    const first = await script(token);
    expect(first).toMatchObject({ status: 200 });
    const url = /kernel (\S+)/.exec(first.text)?.[1] ?? '';
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(kernel)).toBe(true);
    expect((await script(token)).status).toBe(403);
    expect((await fetch(url)).status).toBe(403);
    expect(refused()).toEqual(['boot/ipxe: reused', 'boot/f/vmlinuz: reused']);
    expect(rig.backend.refusals[0]).toMatchObject({ mac, address: '127.0.0.1' });
    expect(rig.backend.events.map(({ resource, stage }) => `${resource} ${stage}`)).toEqual([
      'ipxe begun',
      'ipxe done',
      'f/vmlinuz begun',
      'f/vmlinuz done',
    ]);
  });

  it('may repeat a transfer that broke off', async () => {
    const { token } = rig.sessions.openBoot(mac);
    await script(token);
    const gone = new AbortController();
    await fetch(`${rig.url}/boot/${token}/f/vmlinuz`, {
      signal: gone.signal,
      headers: { Range: 'bytes=0-99' },
    });
    gone.abort();
    const whole = await fetch(`${rig.url}/boot/${token}/f/vmlinuz`);
    expect(whole.status).toBe(200);
    expect((await whole.arrayBuffer()).byteLength).toBe(kernel.length);
  });

  it('is told nothing by a wrong or expired token, nor about what it was not granted', async () => {
    expect((await script('wrong')).status).toBe(403);
    const { token } = rig.sessions.openBoot(mac);
    expect((await fetch(`${rig.url}/boot/${token}/f/vmlinuz`)).status).toBe(403);
    rig.clock.now += 31 * 60_000;
    expect((await script(token)).status).toBe(403);
    expect(refused()).toEqual(['boot/ipxe: unknown', 'boot/f/vmlinuz: not-granted', 'boot/ipxe: expired']);
  });

  it('gets its install file once, with tokens that are good for one call-back each', async () => {
    const { token } = rig.sessions.openBoot(mac);
    await script(token);
    const text = await (await fetch(`${rig.url}/boot/${token}/install-file`)).text();
    expect((await fetch(`${rig.url}/boot/${token}/install-file`)).status).toBe(403);
    const [, install = '', firstBoot = ''] = /install=(\S+) first-boot=(\S+)/.exec(text) ?? [];
    expect((await post('/agent/installed', install, 'status=done')).status).toBe(204);
    expect((await post('/agent/installed', install, 'status=done')).status).toBe(204);
    expect(
      (await post('/agent/installed', install, 'status=done', { 'X-Attempt-Id': 'attempt-2' })).status,
    ).toBe(403);
    expect((await post('/agent/first-boot', install, 'hostname=x')).status).toBe(403);
    const report = 'hostname=n1\nssh-host-key=ssh-ed25519%20AAAA\nuptime-ms=9000\nmark.network-up=4000\n';
    expect((await post('/agent/first-boot', firstBoot, report)).status).toBe(204);
    expect(rig.backend.installs).toHaveLength(1);
    expect(rig.backend.firstBoots[0]?.report).toMatchObject({
      hostname: 'n1',
      sshHostKeys: ['ssh-ed25519 AAAA'],
      marks: [{ name: 'network-up', at: rig.clock.now - 5000 }],
    });
    expect(refused().slice(1)).toEqual(['agent/installed: reused', 'agent/first-boot: wrong-kind']);
  });
});

describe('an agent', () => {
  it('repeats its first call until it is answered, and always gets the same session', async () => {
    const token = await agentToken();
    const first = await (await post('/agent/session', token, 'firmware=bios')).text();
    expect(await (await post('/agent/session', token, 'firmware=bios')).text()).toBe(first);
    expect((await post('/agent/session', token, 'firmware=uefi')).status).toBe(403);
    expect(
      (await post('/agent/session', token, 'firmware=bios', { 'X-Attempt-Id': 'other-attempt' })).status,
    ).toBe(403);
    expect(
      (
        await fetch(`${rig.url}/agent/session`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}` },
        })
      ).status,
    ).toBe(400);
  });

  it('keeps its session when the process is killed, and its boot its files', async () => {
    const { token } = rig.sessions.openBoot(mac);
    const text = (await script(token)).text;
    const agent = /halligan\.token=(\S+)/.exec(text)?.[1] ?? '';
    const session =
      /^session=(.*)$/m.exec(await (await post('/agent/session', agent, 'firmware=bios')).text())?.[1] ?? '';
    await rig.restart();
    expect((await post('/agent/console', session, 'hello')).status).toBe(204);
    expect((await fetch(`${rig.url}/boot/${token}/f/vmlinuz`)).status).toBe(200);
    await rig.restart();
    expect((await fetch(`${rig.url}/boot/${token}/f/vmlinuz`)).status).toBe(403);
    expect(
      (await post('/agent/session', agent, 'firmware=bios', { 'X-Attempt-Id': 'other-attempt' })).status,
    ).toBe(403);
    expect(await (await post('/agent/session', agent, 'firmware=bios')).text()).toContain(session);
    expect(rig.faults).toEqual([]);
  });

  it('posts inventory, marks and console, takes actions and reports on them', async () => {
    const session = await openSession();
    const auth = { Authorization: `Bearer ${session}` };
    expect((await post('/agent/inventory', session, '{"cpu":1}')).status).toBe(204);
    expect((await post('/agent/inventory', session, '{')).status).toBe(400);
    expect((await post('/agent/marks', session, 'userspace-start=2300\n')).status).toBe(204);
    expect((await post('/agent/console', session, 'text')).status).toBe(204);
    expect((await fetch(`${rig.url}/agent/action?wait=0`, { headers: auth })).status).toBe(204);
    rig.backend.actions.push({ id: 'a-1', kind: 'wipe', params: [['disk', '/dev/disk/by-id/a b,c']] });
    const action = await fetch(`${rig.url}/agent/action`, { headers: auth });
    expect(await action.text()).toBe('id=a-1\nkind=wipe\ndisk=/dev/disk/by-id/a b%2Cc\n');
    expect((await post('/agent/action/a-1', session, 'status=running\npercent=40\nphase=wipe')).status).toBe(
      204,
    );
    expect((await post('/agent/action/a-1', session, 'status=maybe')).status).toBe(400);
    expect(rig.backend.reports[0]?.report).toEqual({
      status: 'running',
      percent: 40,
      phase: 'wipe',
      message: null,
    });
    expect(rig.backend.marked).toEqual([{ name: 'userspace-start', at: rig.clock.now - 2200 }]);
    expect(rig.backend.consoleText).toBe('text');
  });

  it('reads images in ranges, and only with a session', async () => {
    rig.backend.images.set('root.tar.zst', join(rig.dir, 'vmlinuz'));
    const headers = { Authorization: `Bearer ${await openSession()}`, Range: 'bytes=100-199' };
    const part = await fetch(`${rig.url}/agent/image/root.tar.zst`, { headers });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${kernel.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(kernel.subarray(100, 200))).toBe(true);
    expect((await fetch(`${rig.url}/agent/image/other`, { headers })).status).toBe(404);
    expect((await fetch(`${rig.url}/agent/image/root.tar.zst`)).status).toBe(403);
  });

  it('ends when the same machine boots again', async () => {
    const first = await openSession();
    const second = await openSession();
    expect((await post('/agent/console', first, 'x')).status).toBe(403);
    expect((await post('/agent/console', second, 'x')).status).toBe(204);
  });
});

describe('plain HTTP', () => {
  it('serves loaders to anybody, with double slashes, HEAD, ETag and ranges', async () => {
    const whole = await fetch(`${rig.url}//loaders//ipxe.efi`, { redirect: 'error' });
    expect(whole.status).toBe(200);
    const etag = whole.headers.get('etag') ?? '';
    expect((await fetch(`${rig.url}/loaders/ipxe.efi`, { headers: { 'If-None-Match': etag } })).status).toBe(
      304,
    );
    const head = await fetch(`${rig.url}/loaders/ipxe.efi`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(kernel.length));
    const beyond = { headers: { Range: 'bytes=9999999-' } };
    expect((await fetch(`${rig.url}/loaders/ipxe.efi`, beyond)).status).toBe(416);
    const tail = await fetch(`${rig.url}/loaders/ipxe.efi`, { headers: { Range: 'bytes=-7' } });
    expect(Buffer.from(await tail.arrayBuffer()).equals(kernel.subarray(-7))).toBe(true);
  });

  it('answers what it does not know in plain text', async () => {
    for (const path of ['/', '/boot', '/loaders/none', '/loaders/..%2f..%2fetc%2fpasswd', '/agent/nothing']) {
      const answer = await fetch(rig.url + path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        404,
        'text/plain; charset=utf-8',
      ]);
    }
    expect((await fetch(`${rig.url}/loaders/ipxe.efi`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${rig.url}/loaders/%E0%A4%A`)).status).toBe(400);
  });

  it('refuses bodies and headers beyond their limits', async () => {
    const session = await openSession();
    expect((await post('/agent/console', session, 'x'.repeat(600_000))).status).toBe(413);
    const answer = await fetch(`${rig.url}/health`, { headers: { 'X-Long': 'y'.repeat(20_000) } }).then(
      ({ status }) => status,
      () => 'closed',
    );
    expect([400, 431, 'closed']).toContain(answer);
  });

  it('says no to what is not HTTP, counts it and goes on', async () => {
    const socket = connect(rig.listening.port, '127.0.0.1');
    socket.end('\x16\x03\x01 not http\r\n\r\n');
    for await (const chunk of socket) expect(String(chunk)).toMatch(/^HTTP\/1\.1 400/);
    expect(rig.backend.malformedCount).toBe(1);
    expect((await fetch(`${rig.url}/health`)).status).toBe(200);
  });
});
