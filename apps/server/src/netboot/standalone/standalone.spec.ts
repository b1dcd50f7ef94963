import { networkInterfaces } from 'node:os';
import type { BootClient } from '@halligan/pxe/dhcp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readBootInterface, StandaloneError } from './boot-interface.ts';
import { parseFlags, runStandaloneCommand } from './standalone-command.ts';
import { findLoader, standaloneBoot } from './standalone-loaders.ts';
import { StandaloneLog } from './standalone-log.ts';

const told: string[] = [];
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  told.splice(0);
  process.exitCode = undefined;
});

const complete = [
  '--standalone',
  '--interface',
  'br0',
  '--range',
  '10.78.0.100-10.78.0.199',
  '--data',
  '/data',
];

describe('the command line', () => {
  it('is read', () => {
    expect(parseFlags([...complete, '--tftp-root', '/root', '--json'])).toMatchObject({
      interface: 'br0',
      range: { first: '10.78.0.100', last: '10.78.0.199' },
      data: '/data',
      tftpRoot: '/root',
      bootHttpPort: 8091,
      json: true,
    });
  });

  it.each([
    [complete.slice(0, -2), /--data <folder>/],
    [
      ['--standalone', '--interface', 'br0', '--range', '10.78.0.100', '--data', '/d'],
      /two addresses with a hyphen/,
    ],
    [[...complete, '--boot-http-port', '99999'], /a port from 0/],
    [[...complete, '--nonsense'], /unknown option/],
  ])('%j is refused with code 2', async (args, message) => {
    await runStandaloneCommand(args);
    expect(process.exitCode).toBe(2);
    expect(told.join('')).toMatch(message);
  });

  it('an interface that is not there is code 1, and what there is', async () => {
    await runStandaloneCommand(complete.map((word) => (word === 'br0' ? 'nope0' : word)));
    expect(process.exitCode).toBe(1);
    expect(told.join('')).toMatch(
      /--interface nope0: there is no such interface that is up; there are: .*lo/,
    );
  });
});

describe('the interface', () => {
  it('gives address and subnet', () => {
    expect(networkInterfaces()).toHaveProperty('lo');
    expect(readBootInterface('lo')).toEqual({ address: '127.0.0.1', subnet: '127.0.0.1/8' });
    expect(() => readBootInterface('nope0')).toThrow(StandaloneError);
  });
});

describe('the boot file', () => {
  const client = (more: Partial<BootClient>): BootClient => ({
    message: 'ack',
    mac: '52:54:00:00:00:01',
    address: '10.78.0.100',
    network: '10.78.0.0/24',
    xid: 1,
    arch: 0,
    firmware: 'bios',
    architectures: [0],
    userClass: [],
    vendorClass: 'PXEClient',
    uuid: undefined,
    isIpxe: false,
    isPxeClient: true,
    isHttpClient: false,
    ...more,
  });
  const boot = (script: string | null) => standaloneBoot({ bootHttp: 'http://10.78.0.1:8091', script });

  it.each([
    [{}, 'undionly.kpxe'],
    [{ firmware: 'uefi-x64' }, 'ipxe.efi'],
    [{ firmware: 'uefi-x64-http', isHttpClient: true }, 'http://10.78.0.1:8091/loaders/ipxe.efi'],
    [{ isIpxe: true }, 'http://10.78.0.1:8091/boot.ipxe'],
  ] as [Partial<BootClient>, string][])('for %j is %s', (more, bootFile) => {
    expect(boot('boot.ipxe').bootFileFor(client(more))).toEqual({ bootFile });
  });

  it('is none for iPXE without a script and for firmware nobody knows', () => {
    expect(boot(null).bootFileFor(client({ isIpxe: true }))).toBeNull();
    expect(boot(null).bootFileFor(client({ firmware: undefined }))).toBeNull();
  });

  it('never leads to anything but a boot loader', () => {
    expect(['../../etc/passwd', 'toString', 'qemu', ''].map(findLoader)).toEqual([null, null, null, null]);
  });
});

describe('the log', () => {
  const exhausted = { from: 'dhcp', event: { kind: 'exhausted', receivedAt: 0, mac: 'm', xid: 1 } } as const;

  it('tells a journal that was damaged, and keeps a sound one to itself', () => {
    const lines: string[] = [];
    const log = new StandaloneLog({ write: (line) => lines.push(line), problemsOnly: true });
    log.tell({ from: 'leases', recovery: { leases: 7, tornBytes: 0, unreadableLines: 0 } });
    log.tell({ from: 'leases', recovery: { leases: 7, tornBytes: 12, unreadableLines: 0 } });
    expect(lines).toEqual(['leases recovered leases=7 tornBytes=12 unreadableLines=0']);
  });

  it('tells a problem that repeats once a second, with how often', () => {
    const lines: string[] = [];
    const log = new StandaloneLog({ write: (line) => lines.push(line), problemsOnly: true });
    for (const now of [0, 1, 2, 1500]) log.tell(exhausted, now);
    expect(lines).toEqual([
      'dhcp exhausted receivedAt=0 mac=m xid=1',
      'dhcp exhausted receivedAt=0 mac=m xid=1 (3 times)',
    ]);
  });
});
