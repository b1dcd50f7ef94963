import { access, readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRack, type Rack } from './index.ts';

/** True while the process exists and is not merely waiting to be reaped. */
async function lives(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !stat.includes(') Z ');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Counts how often a machine's first DHCP broadcast comes in at a socket for all interfaces. */
const COUNT_FIRST_DISCOVER = `
  const socket = require('node:dgram').createSocket('udp4');
  let received = 0;
  socket.on('message', () => {
    received += 1;
    setTimeout(() => { process.stdout.write(String(received)); process.exit(); }, 300);
  });
  socket.bind(67);
`;

describe('a rack with one machine', () => {
  let rack: Rack;

  beforeAll(async () => {
    rack = await createRack({
      name: 'spec',
      machines: [{ name: 'solo', firmware: 'bios', memoryMegabytes: 128 }],
    });
  });

  afterAll(() => rack.close());

  it('has a bridge with the server address and nothing that leads outside', async () => {
    const routes = await rack.run('ip', ['route', 'show']);
    expect(routes.trim()).toMatch(/^10\.78\.0\.0\/24 dev br0 .* src 10\.78\.0\.1$/);
    const links = JSON.parse(await rack.run('ip', ['-json', 'link', 'show'])) as { ifname: string }[];
    expect(links.map((link) => link.ifname).sort()).toEqual([
      'br0',
      'lo',
      'nowhere',
      'switch0',
      'switch1',
      'tap1-0',
    ]);
  });

  it('has its carrier while all machines are off, and delivers a broadcast once', async () => {
    const [bridge] = JSON.parse(await rack.run('ip', ['-json', 'link', 'show', 'br0'])) as {
      flags: string[];
    }[];
    expect(bridge?.flags).toContain('LOWER_UP');
    const received = rack.run(process.execPath, ['-e', COUNT_FIRST_DISCOVER]);
    const { machine } = rack.unit(0);
    await machine.powerOn();
    expect(await received).toBe('1');
    await machine.powerOff();
  });

  it('powers the machine on through its BMC, runs its firmware, and off again', async () => {
    const { machine, bmc } = rack.unit(0);
    expect(await bmc.ipmi('chassis', 'power', 'status')).toBe('Chassis Power is off');
    const firmware = machine.console.waitFor(/iPXE/, 60_000);
    await bmc.ipmi('chassis', 'power', 'on');
    expect(await bmc.ipmi('chassis', 'power', 'status')).toBe('Chassis Power is on');
    const pid = machine.pid ?? 0;
    expect(await lives(pid)).toBe(true);
    await firmware;

    await bmc.ipmi('chassis', 'power', 'off');
    expect(await lives(pid)).toBe(false);
    expect(await bmc.ipmi('chassis', 'power', 'status')).toBe('Chassis Power is off');
  });

  it('loses no "on" that follows an "off" at once', async () => {
    const { machine, bmc } = rack.unit(0);
    await bmc.ipmi('chassis', 'power', 'on');
    const first = machine.pid;
    await bmc.ipmi('chassis', 'power', 'off');
    await bmc.ipmi('chassis', 'power', 'on');
    expect(machine.pid).not.toBe(first);
    expect(await lives(machine.pid ?? 0)).toBe(true);
    await machine.powerOff();
  });

  it('boots once from the device the BMC was told, then from the network again', async () => {
    const { machine, bmc } = rack.unit(0);
    await bmc.ipmi('chassis', 'bootdev', 'disk');
    expect(machine.nextBoot).toBe('disk');
    await machine.powerOn();
    expect(machine.nextBoot).toBeUndefined();
    await machine.powerOff();
  });

  it('lets nobody in without the password', async () => {
    const { address, port, username } = rack.unit(0).bmc.access;
    const login = ['-I', 'lanplus', '-C', '3', '-H', address, '-p', String(port), '-U', username, '-E'];
    const env = { IPMI_PASSWORD: 'admin' };
    await expect(rack.run('ipmitool', [...login, 'chassis', 'power', 'on'], { env })).rejects.toThrow(
      /session/,
    );
    await expect(
      rack.run('ipmitool', ['-I', 'lan', '-H', address, '-U', '', '-P', '', 'mc', 'info']),
    ).rejects.toThrow();
  });

  it('leaves nothing behind when it is taken down while a machine runs', async () => {
    const { machine } = rack.unit(0);
    await machine.powerOn();
    const pids = await rack.run('ip', ['netns', 'pids', rack.namespace]);
    expect(pids.split('\n').length).toBeGreaterThanOrEqual(2);
    await rack.close();
    expect(await exists(`/run/netns/${rack.namespace}`)).toBe(false);
    expect(await exists(rack.folder)).toBe(false);
    expect(await readdir('/run/halligan-lab')).not.toContain(`${rack.namespace}.json`);
    for (const pid of pids.split('\n').filter(Boolean)) expect(await lives(Number(pid))).toBe(false);
  });
});
