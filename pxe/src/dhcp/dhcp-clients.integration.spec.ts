import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, Namespace } from '../testing/namespaces.ts';
import { DhcpRack } from './testing/dhcp-rack.ts';

const network = {
  subnet: '10.78.0.0/24',
  ranges: [{ first: '10.78.0.100', last: '10.78.0.199' }],
  gateway: '10.78.0.254',
};

let rack: DhcpRack;
beforeEach(async () => {
  rack = await DhcpRack.build();
});
afterEach(() => rack.remove());

const dhclient = (...more: string[]) =>
  rack.client.run(
    'dhclient',
    ...['-v', '-1', '-cf', '/dev/null', '-sf', rack.script],
    ...[
      '-lf',
      join(rack.folder, 'dhclient.leases'),
      '-pf',
      join(rack.folder, 'dhclient.pid'),
      ...more,
      'eth0',
    ],
  );
const udhcpc = (...more: string[]) =>
  rack.client.run('udhcpc', '-i', 'eth0', '-f', '-n', '-q', '-t', '5', '-T', '2', '-s', rack.script, ...more);

describe('udhcpc', () => {
  it('gets an address, the same again, and as a PXE client a short lease and a boot file', async () => {
    await rack.serve([network]);
    expect((await udhcpc()).output).toContain('event=bound ip=10.78.0.100 router=10.78.0.254 lease=1800');
    const { output } = await udhcpc('-V', 'PXEClient:Arch:00007:UNDI:003000', '-x', '0x5d:0007');
    expect(output).toContain(
      'event=bound ip=10.78.0.100 router=10.78.0.254 lease=180 siaddr=10.78.0.1 file=boot/uefi-x64',
    );
    expect(await rack.event({ kind: 'ack', firmware: 'uefi-x64' })).toMatchObject({
      bootFile: 'boot/uefi-x64',
    });
  });

  it('gets what is reserved for its NIC, whatever identifier it sends, and gives it back', async () => {
    const nic = { mac: await rack.mac(), hostName: 'node-1', addresses: ['10.78.0.21'] };
    await rack.serve([network], [nic]);
    expect((await udhcpc('-O', 'hostname')).output).toMatch(/event=bound ip=10.78.0.21 .* host=node-1/);
    const id = ['-x', '0x3d:ff00112233'];
    const running = rack.client.start('udhcpc', '-i', 'eth0', '-f', '-R', '-s', rack.script, ...id);
    await running.line((line) => line.startsWith('event=bound ip=10.78.0.21'));
    await running.stop();
    expect(await rack.event({ kind: 'release' })).toMatchObject({ address: '10.78.0.21', mac: nic.mac });
  });

  it('finds nothing when the range is used up, and the server says so', async () => {
    await rack.serve([{ ...network, ranges: [] }]);
    expect((await udhcpc('-t', '2', '-T', '1')).status).not.toBe(0);
    await rack.event({ kind: 'exhausted' });
  });
});

describe('dhclient', () => {
  it('selects, renews by unicast, and releases', async () => {
    await rack.serve([{ ...network, leaseSeconds: 6 }]);
    expect((await dhclient()).output).toContain('bound to 10.78.0.100');
    expect(await rack.event({ kind: 'ack', state: 'selecting' })).toMatchObject({ address: '10.78.0.100' });
    await rack.event({ kind: 'ack', state: 'renewing' });
    await dhclient('-r');
    expect(await rack.event({ kind: 'release' })).toMatchObject({ address: '10.78.0.100' });
  });

  it('asks for its old address after a reboot, of the server too, and is sent to its reservation if it has one', async () => {
    await rack.serve([network]);
    await dhclient();
    await dhclient('-x');
    await rack.stop();
    await rack.serve([network]);
    expect((await dhclient()).output).toContain('bound to 10.78.0.100');
    await rack.event({ kind: 'ack', state: 'init-reboot' });
    await dhclient('-x');
    await rack.stop();
    await rack.serve([network], [{ mac: await rack.mac(), addresses: ['10.78.0.21'] }]);
    const { output } = await dhclient();
    expect(output).toContain('DHCPNAK');
    expect(output).toContain('bound to 10.78.0.21');
  });
});

describe('perfdhcp', () => {
  it('counts every exchange answered and no address twice', async () => {
    const wide = { subnet: '10.78.0.0/16', ranges: [{ first: '10.78.1.0', last: '10.78.20.255' }] };
    await rack.server.ip('address', 'add', '10.78.0.1/16', 'dev', 'eth0');
    await rack.server.ip('address', 'del', '10.78.0.1/24', 'dev', 'eth0');
    await rack.client.ip('address', 'add', '10.78.0.2/16', 'dev', 'eth0');
    await rack.serve([wide]);
    const load = ['-4', '-l', 'eth0', '-r', '200', '-R', '3000', '-n', '1000', '-W', '2000000', '-u'];
    const { output } = await rack.client.run('perfdhcp', ...load, '10.78.0.1');
    const numbers = (name: string) =>
      [...output.matchAll(new RegExp(`^${name}: (\\d+)$`, 'gm'))].map(([, number]) => Number(number));
    expect(numbers('drops')).toEqual([0, 0]);
    expect(numbers('non unique addresses')).toEqual([0, 0]);
    expect(numbers('received packets')[1]).toBeGreaterThanOrEqual(990);
    const journal = await readFile(join(rack.folder, 'data/leases.journal'), 'utf8');
    expect(new Set(journal.match(/"address":"[^"]+"/g)).size).toBe(numbers('received packets')[1]);
  });
});

describe('through dhcrelay', () => {
  it('a client on another wire gets an address of that wire, and option 82 comes back', async () => {
    const [relay, far] = [await Namespace.create('relay'), await Namespace.create('far')];
    try {
      await rack.server.ip('link', 'delete', 'eth0');
      const server = { namespace: rack.server, name: 'eth0', address: '10.78.0.1/24' };
      await connect(server, { namespace: relay, name: 'up', address: '10.78.0.9/24' });
      await connect(
        { namespace: relay, name: 'down', address: '10.79.0.1/24' },
        { namespace: far, name: 'eth0' },
      );
      await rack.server.ip('route', 'add', '10.79.0.0/24', 'via', '10.78.0.9');
      await rack.serve([
        network,
        { subnet: '10.79.0.0/24', ranges: [{ first: '10.79.0.50', last: '10.79.0.60' }] },
      ]);
      const agent = relay.start('dhcrelay', '-4', '-d', '-a', '-D', '-id', 'down', '-iu', 'up', '10.78.0.1');
      await agent.line((line) => line.includes('Sending on'));
      const client = ['-i', 'eth0', '-f', '-n', '-q', '-t', '8', '-T', '2', '-s', rack.script];
      expect((await far.run('udhcpc', ...client)).output).toContain('event=bound ip=10.79.0.50');
      expect(await rack.event({ kind: 'ack' })).toMatchObject({
        relay: '10.79.0.1',
        network: '10.79.0.0/24',
      });
    } finally {
      await far.remove();
      await relay.remove();
    }
  });
});
