import { BootSessions } from '@halligan/pxe/boot';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServerConfig } from '../config.ts';
import { NetbootModule } from '../netboot.module.ts';
import { AdminNetwork } from '../networks/admin-network.ts';
import { testInventory } from '../nodes/testing/inventory.ts';
import { testHostKey } from '../nodes/testing/test-machine.ts';
import { DATABASES, startTestApi, type TestApi, until } from '../testing/index.ts';

const mac = '52:54:00:00:00:01';

describe.each(DATABASES)('the boot plane on %s', (database) => {
  let api: TestApi;
  let config: ServerConfig;
  let netboot: INestApplicationContext;
  let url: string;

  beforeEach(async () => {
    api = await startTestApi({ database });
    await api.get(AdminNetwork).ensure('10.78.0.1/24');
    const bootHttpPort = 20_000 + Math.floor(Math.random() * 10_000);
    config = Object.assign(Object.create(ServerConfig.prototype) as ServerConfig, api.config, {
      bootHttpPort,
    });
    url = `http://127.0.0.1:${bootHttpPort}`;
    netboot = await start();
  });

  afterEach(async () => {
    await netboot.close();
    await api.close();
  });

  const start = () => NestFactory.createApplicationContext(NetbootModule.with(config), { logger: ['error'] });
  const openBoot = () => netboot.get(BootSessions, { strict: false }).openBoot(mac).token;
  const node = () => api.database.db.node.findFirst({ include: { nics: true } });
  const send = (path: string, token: string, body: string, attempt = 'attempt-1') =>
    fetch(url + path, {
      method: 'POST',
      body,
      headers: { Authorization: `Bearer ${token}`, 'X-Attempt-Id': attempt },
    });

  async function openSession(): Promise<string> {
    const script = await (await fetch(`${url}/boot/${openBoot()}/ipxe`)).text();
    const token = /halligan\.token=(\S+)/.exec(script)?.[1];
    // Without a discovery image in the cache the script only says so; the token is then minted here.
    const sessions = netboot.get(BootSessions, { strict: false });
    const agent = token ?? sessions.mint('agent', { bootId: 'boot-1', mac, nodeId: null });
    const answer = await (await send('/agent/session', agent, 'firmware=bios\nuptime-ms=4000\n')).text();
    return /^session=(.*)$/m.exec(answer)?.[1] ?? '';
  }

  async function nextAction(session: string, wait = 0): Promise<Map<string, string>> {
    const answer = await fetch(`${url}/agent/action?wait=${wait}`, {
      headers: { Authorization: `Bearer ${session}` },
    });
    const lines = (await answer.text()).split('\n').filter(Boolean);
    return new Map(
      lines.map((line) => [
        line.slice(0, line.indexOf('=')),
        decodeURIComponent(line.slice(line.indexOf('=') + 1)),
      ]),
    );
  }

  it('makes a machine a node while it boots, and takes its inventory', async () => {
    const session = await openSession();
    expect((await send('/agent/inventory', session, JSON.stringify(testInventory(1)))).status).toBe(204);
    expect(await node()).toMatchObject({ state: 'discovered', nextBoot: 'discovery' });
    expect((await send('/agent/inventory', session, '{}')).status).toBe(400);
    await until(async () => {
      const marks = await api.database.db.bootMark.findMany();
      return ['script', 'kernel-start', 'agent', 'inventory'].every((name) =>
        marks.some((mark) => mark.name === name),
      );
    });
  });

  it('wakes a waiting agent the moment there is something to do, and survives being started anew', async () => {
    const session = await openSession();
    await send('/agent/inventory', session, JSON.stringify(testInventory(1)));
    const waiting = nextAction(session, 20);
    const { id = '' } = (await node()) ?? {};
    const asked = await api.operator.post(`/nodes/${id}/actions/install`, {});
    expect(asked).toMatchObject({ status: 202 });
    const wipe = await waiting;
    expect(wipe.get('kind')).toBe('wipe');
    await netboot.close();
    netboot = await start();
    expect((await nextAction(session)).get('id')).toBe(wipe.get('id'));
    expect((await send(`/agent/action/${wipe.get('id')}`, session, 'status=done\npercent=100')).status).toBe(
      204,
    );
    expect((await send(`/agent/action/${wipe.get('id')}`, session, 'status=done\npercent=100')).status).toBe(
      204,
    );
    expect(await node()).toMatchObject({ state: 'installing' });
  });

  it('boots a node from its disk as soon as it is installed, without a look at the database', async () => {
    const session = await openSession();
    await send('/agent/inventory', session, JSON.stringify(testInventory(1)));
    const { id = '' } = (await node()) ?? {};
    await api.database.db.node.update({
      where: { id },
      data: { state: 'installing', nextBoot: 'os-install', bootEnv: 'debian-12' },
    });
    const action = await api.database.db.agentAction.create({
      data: { nodeId: id, kind: 'install-image', params: {} },
    });
    expect((await send(`/agent/action/${action.id}`, session, 'status=done')).status).toBe(204);
    const script = await (await fetch(`${url}/boot/${openBoot()}/ipxe`)).text();
    expect(script).toContain('sanboot --no-describe --drive 0x80');
    const token = netboot
      .get(BootSessions, { strict: false })
      .mint('first-boot', { bootId: 'b', mac, nodeId: id });
    const report = `hostname=x\nmachine-id=y\nos=debian-12\nssh-host-key=${encodeURIComponent(testHostKey)}\n`;
    expect((await send('/agent/first-boot', token, report)).status).toBe(204);
    expect((await send('/agent/first-boot', token, report)).status).toBe(204);
    expect((await send('/agent/first-boot', token, report, 'attempt-2')).status).toBe(403);
    expect(await node()).toMatchObject({ state: 'readying', platform: 'debian-12' });
  });

  it('writes refused tokens into the audit, but not the token', async () => {
    const token = openBoot();
    await (await fetch(`${url}/boot/${token}/ipxe`)).text();
    expect((await fetch(`${url}/boot/${token}/ipxe`)).status).toBe(403);
    expect((await fetch(`${url}/boot/made-up/ipxe`)).status).toBe(403);
    expect((await send('/agent/console', 'made-up', 'x')).status).toBe(403);
    await until(
      async () => (await api.database.db.auditEntry.count({ where: { action: 'boot.refused' } })) === 3,
    );
    const entries = await api.database.db.auditEntry.findMany({
      where: { action: 'boot.refused' },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ detail }) => (detail as { reason: string }).reason).sort()).toEqual([
      'reused',
      'unknown',
      'unknown',
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  it('ends the session of a deleted node', async () => {
    const session = await openSession();
    await send('/agent/inventory', session, JSON.stringify(testInventory(1)));
    const { id = '' } = (await node()) ?? {};
    expect((await api.operator.delete(`/nodes/${id}`)).status).toBe(204);
    await until(async () => (await send('/agent/console', session, 'x')).status === 403);
  });
});
