import type * as t from '../src/lib/api/types.ts';
import { newId } from './world.ts';

export const gib = 1024 ** 3;

export function mac(serial: number): string {
  const hex = serial.toString(16).padStart(6, '0');
  return `52:54:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
}

export function inventory(serial: number): Record<string, unknown> {
  return {
    firmware: serial % 3 === 0 ? 'uefi' : 'bios',
    arch: 'x86_64',
    dmi: {
      manufacturer: 'QEMU',
      product: 'Standard PC (Q35 + ICH9, 2009)',
      serial: `HG-${1000 + serial}`,
      uuid: newId(),
      biosVendor: 'SeaBIOS',
      biosVersion: '1.16.2',
      assetTag: '',
    },
    cpu: {
      model: 'Intel Xeon (Cascadelake)',
      vendor: 'GenuineIntel',
      sockets: 1,
      cores: 4,
      threads: 8,
      flags: ['vmx'],
    },
    memoryBytes: 32 * gib,
    disks: [
      {
        name: 'vda',
        path: '/dev/vda',
        byId: [],
        sizeBytes: 480 * gib,
        model: 'virtio',
        serial: 'disk-0',
        wwn: null,
        rotational: false,
        removable: false,
        bus: 'virtio',
      },
      {
        name: 'vdb',
        path: '/dev/vdb',
        byId: [],
        sizeBytes: 1920 * gib,
        model: 'virtio',
        serial: 'disk-1',
        wwn: null,
        rotational: true,
        removable: false,
        bus: 'virtio',
      },
    ],
    nics: [
      {
        name: 'eth0',
        mac: mac(serial),
        driver: 'virtio_net',
        pciPath: '0000:00:02.0',
        carrier: true,
        speedMbps: 10_000,
        mtu: 1500,
        boot: true,
        lldp: { systemName: 'sw-1', portId: `Eth1/${serial % 48}` },
      },
      {
        name: 'eth1',
        mac: mac(serial + 0x80_0000),
        driver: 'virtio_net',
        pciPath: '0000:00:03.0',
        carrier: false,
        speedMbps: null,
        mtu: 1500,
        boot: false,
        lldp: null,
      },
    ],
    numaNodes: 1,
    virtual: 'kvm',
    agentVersion: '4f1c',
  };
}

/** A boot that was, its marks stretched by a factor. */
export function pastBoot(minutesAgo: number, stretch: number): t.Boot {
  const marks: [string, number, string | null][] = [
    ['power-on', 0, null],
    ['dhcp-discover', 2100, 'option 93: 0'],
    ['dhcp-ack', 2160, null],
    ['loader', 2240, 'undionly.kpxe'],
    ['script', 3020, null],
    ['kernel', 3110, '7.9 MiB'],
    ['initrd', 3500, '41 MiB'],
    ['kernel-start', 5050, null],
    ['userspace-start', 7200, null],
    ['agent', 8100, null],
    ['inventory', 8900, null],
    ['partition', 10_200, '/dev/vda'],
    ['unpack', 12_050, 'debian-12, 310 MiB'],
    ['configure', 41_300, null],
    ['boot-loader', 46_800, 'grub-pc'],
    ['reboot', 52_300, null],
    ['first-boot', 74_000, null],
    ['first-ssh', 76_200, null],
  ];
  const startedAt = Date.now() - minutesAgo * 60_000;
  const at = (offset: number) => new Date(startedAt + offset * stretch).toISOString();
  return {
    id: newId(),
    bootEnv: 'debian-12',
    startedAt: at(0),
    finishedAt: at(76_900),
    marks: marks.map(([name, offset, detail]) => ({
      name,
      at: at(offset),
      offsetMs: Math.round(offset * stretch),
      detail,
    })),
  };
}
