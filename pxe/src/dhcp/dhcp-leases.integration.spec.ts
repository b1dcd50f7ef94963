import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { mustRun, Service } from '../testing/run.ts';
import { FileJournal } from './leases/lease-journal.ts';
import { parseRecord } from './leases/lease-record.ts';
import { LeaseStore } from './leases/lease-store.ts';
import { BurstRelay } from './testing/burst-relay.ts';
import { builtServer } from './testing/dhcp-rack.ts';
import { LoopbackRelay } from './testing/loopback-relay.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dhcp-leases-'));
});
afterEach(() => rm(folder, { recursive: true }));

const clientMac = (index: number) =>
  `52:54:00:${[16, 8, 0].map((shift) => ((index >>> shift) & 255).toString(16).padStart(2, '0')).join(':')}`;
const clientAddress = (index: number) => `127.0.${1 + (index >>> 8)}.${index & 255}`;

describe('kill -9 between acknowledgements', () => {
  const port = randomInt(32_000, 40_000);
  let service: Service | undefined;
  afterEach(() => service?.stop('SIGKILL'));

  const start = async () => {
    const networks = [{ subnet: '127.0.0.0/16', ranges: [{ first: '127.0.1.0', last: '127.0.200.255' }] }];
    const settings = { address: '127.0.0.1', port, data: folder, networks, quiet: true };
    service = new Service(process.execPath, [builtServer(), JSON.stringify(settings)]);
    await service.line((line) => line.startsWith('ready'));
    return service;
  };

  /** Requests without a pause until enough were acknowledged, then kills the server in the middle of it. */
  async function burstAndKill(first: number): Promise<Map<string, string>> {
    const service = await start();
    const relay = await BurstRelay.open(port);
    let killed: Promise<void> | undefined;
    for (let index = first; index < first + 4000; index += 1) {
      await relay.tell({
        type: 'request',
        mac: clientMac(index),
        serverId: '127.0.0.1',
        requested: clientAddress(index),
      });
      if (index % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (!killed && relay.acknowledged.size >= 200 + randomInt(200)) killed = service.stop('SIGKILL');
    }
    await killed;
    await relay.close();
    return relay.acknowledged;
  }

  it('loses no acknowledged lease and gives none to another, three times over', async () => {
    for (const first of [0, 10_000, 20_000]) {
      const acknowledged = await burstAndKill(first);
      expect(acknowledged.size).toBeGreaterThanOrEqual(200);
      const service = await start();
      const relay = await BurstRelay.open(port);
      for (const [mac, address] of acknowledged) {
        await relay.tell({ type: 'request', mac, requested: address });
        const thief = mac.replace('52:54', '52:55');
        await relay.tell({ type: 'request', mac: thief, serverId: '127.0.0.1', requested: address });
        await eventually(() => expect(relay.refused.has(thief)).toBe(true));
      }
      await eventually(() => expect(relay.acknowledged).toEqual(acknowledged));
      await relay.close();
      await service.stop();
    }
  });
});

describe('a full disk', () => {
  beforeEach(() => mustRun('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]));
  afterEach(() => mustRun('umount', [folder]));

  it('stops acknowledgements, harms no lease, and is over when there is room again', async () => {
    const path = join(folder, 'leases.journal');
    const { journal } = await FileJournal.open(path);
    const rig = await LoopbackRelay.start({}, journal);
    const ask = (index: number) =>
      rig.tell({
        type: 'request',
        mac: clientMac(index),
        serverId: '127.0.0.1',
        requested: `127.0.0.${100 + index}`,
      });
    const count = (name: string) => rig.server.counters.get(name);
    try {
      await ask(0);
      await eventually(() => expect(count('ack')).toBe(1));
      await writeFile(join(folder, 'filler'), Buffer.alloc(64 * 1024)).catch((error) => {
        expect(error).toMatchObject({ code: 'ENOSPC' });
      });
      // The file's last page still has room for a few, so more are asked for than fit.
      for (let index = 1; index < 60; index += 1) await ask(index);
      await eventually(() => expect(count('ack') + count('not-durable')).toBe(60));
      expect(count('not-durable')).toBeGreaterThan(20);
      expect(rig.store.book.durable()).toHaveLength(count('ack'));
      await rm(join(folder, 'filler'));
      const before = count('ack');
      for (let index = 60; index < 90; index += 1) await ask(index);
      await eventually(() => expect(count('ack')).toBe(before + 30));
      const lines = (await readFile(path, 'utf8')).split('\n').slice(1, -1);
      expect(lines.filter((line) => !parseRecord(line))).toEqual([]);
      expect(lines).toHaveLength(before + 30);
    } finally {
      await rig.close();
    }
    const { store, recovery } = await LeaseStore.open(folder);
    expect(recovery).toMatchObject({ tornBytes: 0, unreadableLines: 0 });
    await store.close();
  });
});
