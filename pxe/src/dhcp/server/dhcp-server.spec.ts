import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { formatIpv4 } from '../ipv4.ts';
import type { Journal } from '../leases/lease-journal.ts';
import { option } from '../options/option-table.ts';
import { readOption } from '../packet/dhcp-packet.ts';
import { encodeOption } from '../packet/encode-packet.ts';
import type { BootClient } from '../replies/boot-backend.ts';
import { LoopbackRelay } from '../testing/loopback-relay.ts';
import { DhcpServer } from './dhcp-server.ts';

let rig: LoopbackRelay;
afterEach(() => rig.close());

const pxe = [encodeOption(option.vendorClass, 'PXEClient'), encodeOption(option.architectures, [9])];
const server = { serverId: '127.0.0.1' };
const kinds = () => rig.events.map(({ kind }) => kind);

describe('the server', () => {
  it('leads a client from DISCOVER to a lease, tells each step and counts it', async () => {
    rig = await LoopbackRelay.start({ now: () => 5000 });
    rig.networks.setNic({ mac: '52:54:00:00:00:01', hostName: 'n1', addresses: ['127.0.0.50'] });
    const offer = await rig.ask({ type: 'discover' });
    const ack = await rig.ask({ type: 'request', ...server, requested: formatIpv4(offer.yiaddr) });
    expect([formatIpv4(offer.yiaddr), formatIpv4(ack.yiaddr)]).toEqual(['127.0.0.50', '127.0.0.50']);
    expect(readOption(ack.options, option.hostName)).toBe('n1');
    await eventually(() => expect(kinds()).toEqual(['offer', 'ack']));
    expect(rig.events[1]).toMatchObject({
      state: 'selecting',
      receivedAt: 5000,
      mac: '52:54:00:00:00:01',
      address: '127.0.0.50',
      network: '127.0.0.0/24',
      relay: '127.0.0.2',
      leaseSeconds: 1800,
    });
    expect(rig.server.counters.snapshot()).toEqual({ ack: 1, offer: 1, received: 2 });
  });

  it('asks the backend about boot clients only, and tells it all it knows', async () => {
    const asked: BootClient[] = [];
    const boot = {
      bootFileFor: async (client: BootClient) => {
        asked.push(client);
        return { bootFile: 'ipxe.efi' };
      },
    };
    rig = await LoopbackRelay.start({ boot });
    expect((await rig.ask({ type: 'discover' })).file).toBe('');
    expect((await rig.ask({ type: 'discover', options: pxe })).file).toBe('ipxe.efi');
    expect(asked).toMatchObject([
      {
        message: 'offer',
        address: '127.0.0.100',
        arch: 9,
        firmware: 'uefi-x64',
        isPxeClient: true,
        isIpxe: false,
      },
    ]);
  });

  it('says nothing when the backend fails, and tells it', async () => {
    const boot = { bootFileFor: () => Promise.reject(new Error('no image')) };
    rig = await LoopbackRelay.start({ boot });
    await rig.tell({ type: 'discover', options: pxe });
    await eventually(() => expect(rig.events).toMatchObject([{ kind: 'boot-backend-failed' }]));
  });

  it('acknowledges nothing while the disk is full, and recovers when there is room', async () => {
    const disk = { full: true };
    const journal: Journal = {
      append: async () => {
        if (disk.full) throw new Error('ENOSPC: no space left on device');
      },
      replace: async () => {},
      close: async () => {},
    };
    rig = await LoopbackRelay.start({}, journal);
    const request = { type: 'request', ...server, requested: '127.0.0.100' } as const;
    await rig.tell(request);
    await eventually(() => expect(kinds()).toEqual(['not-durable']));
    expect(rig.events[0]).toMatchObject({ error: { message: expect.stringContaining('ENOSPC') } });
    expect(rig.store.book.durable()).toEqual([]);
    disk.full = false;
    expect(readOption((await rig.ask(request)).options, option.messageType)).toBe(5);
  });

  it('counts what it does not answer by reason', async () => {
    rig = await LoopbackRelay.start();
    await rig.send(Buffer.from('junk'));
    await rig.send(Buffer.alloc(300));
    await rig.tell({ type: 'request', serverId: '127.0.0.9', requested: '127.0.0.100' });
    await rig.tell({ type: 'discover', giaddr: '192.0.2.1' });
    await rig.tell({ type: 'discover', mac: '01:00:5e:00:00:01' });
    await rig.tell({ type: 'discover', options: [[option.clientId.code, Buffer.from([1])]] });
    await eventually(() =>
      expect(rig.server.counters.snapshot()).toEqual({
        'foreign.unsupported-hardware': 1,
        'ignored.foreign-server-id': 1,
        'ignored.unknown-network': 1,
        'malformed.bad-cookie': 1,
        'malformed.bad-option-value': 1,
        'malformed.too-short': 1,
        received: 6,
      }),
    );
  });

  it('sheds load when it falls behind', async () => {
    let release = () => {};
    const gate = new Promise<null>((resolve) => {
      release = () => resolve(null);
    });
    rig = await LoopbackRelay.start({ boot: { bootFileFor: () => gate }, maxInFlight: 2 });
    for (let index = 0; index < 5; index += 1) {
      await rig.tell({ type: 'discover', mac: `52:54:00:00:01:0${index}`, options: pxe });
    }
    await eventually(() => expect(rig.server.counters.get('overloaded')).toBe(3));
    release();
    await eventually(() => expect(rig.server.counters.get('offer')).toBe(2));
  });

  it('serves an address that is reserved while it runs', async () => {
    rig = await LoopbackRelay.start();
    expect(formatIpv4((await rig.ask({ type: 'discover' })).yiaddr)).toBe('127.0.0.100');
    rig.networks.setNic({ mac: '52:54:00:00:00:01', addresses: ['127.0.0.60'] });
    expect(formatIpv4((await rig.ask({ type: 'discover' })).yiaddr)).toBe('127.0.0.60');
  });

  it('does not share its port with a second server', async () => {
    rig = await LoopbackRelay.start();
    const { networks, store } = rig;
    const second = new DhcpServer({ address: '127.0.0.1', port: rig.port, networks, leases: store });
    await expect(second.start()).rejects.toThrow(/another program holds it/);
  });
});
