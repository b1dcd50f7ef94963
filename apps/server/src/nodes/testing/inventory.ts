import type { Inventory } from '@halligan/pxe/discovery';

/** An inventory of a small machine, told apart by its number. */
export function testInventory(number = 1, changes: Partial<Inventory> = {}): Inventory {
  const hex = number.toString(16).padStart(4, '0');
  return {
    firmware: 'bios',
    arch: 'x86_64',
    dmi: {
      manufacturer: 'Halligan',
      product: 'Test',
      serial: `SN${number}`,
      uuid: `a1b2c3d4-0000-4000-8000-00000000${hex}`,
      biosVendor: 'SeaBIOS',
      biosVersion: '1',
      assetTag: '',
    },
    cpu: { model: 'Test CPU', vendor: 'GenuineIntel', sockets: 1, cores: 2, threads: 4, flags: ['vmx'] },
    memoryBytes: 8 * 1024 ** 3,
    disks: [testDisk('vda', 20)],
    nics: [testNic(testMac(number), true)],
    numaNodes: 1,
    virtual: 'none',
    agentVersion: 'test',
    ...changes,
  };
}

export function testMac(number: number): string {
  const hex = number.toString(16).padStart(6, '0');
  return `52:54:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`;
}

export function testNic(mac: string, boot = false): Inventory['nics'][number] {
  const rest = { driver: 'virtio_net', pciPath: '', carrier: true, speedMbps: 1000, mtu: 1500, lldp: null };
  return { name: 'eth0', mac, boot, ...rest };
}

export function testDisk(
  name: string,
  gigabytes: number,
  changes: Partial<Inventory['disks'][number]> = {},
): Inventory['disks'][number] {
  return {
    name,
    path: `/dev/${name}`,
    byId: [`virtio-${name}`],
    sizeBytes: gigabytes * 1024 ** 3,
    model: 'disk',
    serial: `serial-${name}`,
    wwn: '',
    rotational: false,
    removable: false,
    bus: 'virtio',
    ...changes,
  };
}
