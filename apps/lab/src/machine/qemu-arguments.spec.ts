import { describe, expect, it } from 'vitest';
import { machineSpec } from './machine-spec.ts';
import { qemuArguments } from './qemu-arguments.ts';

const files = {
  disks: ['/rack/node-1/disk0.qcow2'],
  firmwareVariables: undefined,
  qmpSocket: '/rack/node-1/qmp',
  consoleLog: '/rack/node-1/console.log',
};

/** The values given to every option of that name. */
function values(args: readonly string[], option: string): string[] {
  return args.filter((_, index) => args[index - 1] === option);
}

describe('qemuArguments', () => {
  const bios = machineSpec(0, { name: 'node-1' });

  it('boots from the network first, from the disk next', () => {
    const devices = values(qemuArguments(bios, files, 'tcg', 'network'), '-device');
    expect(devices).toContain('virtio-net-pci,netdev=nic0,mac=52:54:00:78:00:01,bootindex=1');
    expect(devices).toContain('virtio-blk-pci,drive=disk0,serial=LAB00001-D0,bootindex=2');
  });

  it('boots from the disk first when it was told so', () => {
    const devices = values(qemuArguments(bios, files, 'tcg', 'disk'), '-device');
    expect(devices).toContain('virtio-net-pci,netdev=nic0,mac=52:54:00:78:00:01,bootindex=9');
  });

  it('leaves the processor to KVM only when told to', () => {
    expect(values(qemuArguments(bios, files, 'kvm', 'network'), '-accel')).toEqual(['kvm']);
    expect(values(qemuArguments(bios, files, 'tcg', 'network'), '-accel')).toEqual(['tcg,tb-size=64']);
  });

  it('gives a UEFI machine the firmware read-only and variables of its own', () => {
    const uefi = machineSpec(1, { firmware: 'uefi' });
    const drives = values(
      qemuArguments(uefi, { ...files, firmwareVariables: '/rack/v.fd' }, 'tcg', 'network'),
      '-drive',
    );
    expect(drives[0]).toMatch(/^if=pflash,unit=0,.*readonly=on/);
    expect(drives[1]).toBe('if=pflash,unit=1,format=raw,file=/rack/v.fd');
  });

  it('can leave the NIC without a boot ROM', () => {
    const bare = machineSpec(0, { nicRom: false });
    expect(qemuArguments(bare, files, 'tcg', 'network').some((arg) => arg.endsWith('romfile='))).toBe(true);
  });
});

describe('machineSpec', () => {
  it('takes BIOS and UEFI by turns, and serials and MAC addresses by place', () => {
    expect([0, 1, 2].map((place) => machineSpec(place).firmware)).toEqual(['bios', 'uefi', 'bios']);
    expect(machineSpec(16)).toMatchObject({ serial: 'LAB00017', mac: '52:54:00:78:00:11', tap: 'tap17-0' });
  });

  it('refuses a name that could not be a host name', () => {
    expect(() => machineSpec(0, { name: 'Node 1' })).toThrow(/not usable/);
  });
});
