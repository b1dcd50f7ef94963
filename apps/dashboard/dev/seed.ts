import type * as t from '../src/lib/api/types.ts';
import { kindOf } from '../src/lib/nodes/states.ts';
import { allowed, type FakeNode, newId, now, type World } from './world.ts';

const gib = 1024 ** 3;

function mac(serial: number): string {
  const hex = serial.toString(16).padStart(6, '0');
  return `52:54:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
}

function inventory(serial: number): Record<string, unknown> {
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

/** A node that has just been heard of. */
export function newNode(serial: number, name: string): FakeNode {
  return {
    id: newId(),
    name,
    description: '',
    state: 'discovering',
    stateKind: 'working',
    stateReason: 'Asked for an address with PXE.',
    nextAction: '',
    stateSince: now(),
    stateDeadline: null,
    failedDuring: null,
    alive: true,
    lastSeenAt: now(),
    available: true,
    progress: null,
    address: `10.78.${Math.floor(serial / 200)}.${20 + (serial % 200)}`,
    macs: [mac(serial)],
    firmware: serial % 3 === 0 ? 'uefi' : 'bios',
    arch: 'x86_64',
    platform: null,
    cpuThreads: null,
    memoryBytes: null,
    diskBytes: null,
    powerState: 'on',
    roles: [],
    version: 1,
    serial: null,
    uuid: null,
    nextBoot: 'discovery',
    bootEnv: 'debian-12',
    installDisk: null,
    consoleArguments: 'console=ttyS0,115200',
    inventory: null,
    inventoryAt: null,
    bmc: { driver: 'ipmi', address: '127.0.0.1', port: 9000 + serial, username: 'admin' },
    hostKeyFingerprints: [],
    actions: ['reset'],
    createdAt: now(),
    history: [],
    boots: [],
    console: [],
  };
}

/** Gives a node what discovery finds. */
export function discover(node: FakeNode, serial: number): void {
  Object.assign(node, {
    inventory: inventory(serial),
    inventoryAt: now(),
    cpuThreads: 8,
    memoryBytes: 32 * gib,
    diskBytes: 2400 * gib,
    serial: `HG-${1000 + serial}`,
  });
}

const reasons: Partial<Record<t.NodeState, [string, string]>> = {
  discovered: ['Its inventory arrived.', 'Allocate it, or install it at once.'],
  allocated: ['Set aside by admin.', 'Install it.'],
  ready: ['All base barclamps are applied and verified.', ''],
  failed: [
    'No sign of life for 15 minutes while installing: the last mark was “unpack”, then the link of eth0 went down.',
    'Look at the cable of eth0 (switch sw-1, port Eth1/9), then reinstall it.',
  ],
  rescue: ['Booted into the discovery image by admin.', 'Reinstall or reset it when you are done.'],
  retired: ['Taken out of use by admin.', ''],
};

function pastBoot(minutesAgo: number, stretch: number): t.Boot {
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

function addNode(world: World, serial: number, name: string, state: t.NodeState, minutes: number): FakeNode {
  const node = newNode(serial, name);
  discover(node, serial);
  const since = new Date(Date.now() - minutes * 60_000).toISOString();
  const [stateReason, nextAction] = reasons[state] ?? ['', ''];
  const installed = state === 'ready' || state === 'retired';
  Object.assign(node, {
    state,
    stateReason,
    nextAction,
    stateKind: kindOf(state),
    stateSince: since,
    createdAt: since,
    alive: state !== 'retired' && state !== 'failed',
    available: state !== 'retired',
    failedDuring: state === 'failed' ? 'installing' : null,
    platform: installed ? 'debian-12' : null,
    nextBoot: installed ? 'local' : 'discovery',
    powerState: state === 'retired' ? 'off' : 'on',
    hostKeyFingerprints: installed ? ['SHA256:0Pz1R4v7mYcVd2uJ0R1bqk9xTgTj3n8yXfUeWmQnQx4'] : [],
    boots: installed
      ? [pastBoot(minutes, 1), pastBoot(minutes + 200, 1.35), pastBoot(minutes + 1500, 0.94)]
      : [],
    history: [
      {
        id: world.next(),
        event: 'enter',
        from: 'discovering',
        to: state,
        reason: stateReason,
        actor: 'system',
        at: since,
      },
      {
        id: world.next(),
        event: 'boot',
        from: '',
        to: 'discovering',
        reason: 'Asked for an address with PXE.',
        actor: 'system',
        at: since,
      },
    ],
  });
  node.actions = allowed(node);
  world.nodes.set(node.id, node);
  return node;
}

/** A small rack in many states; `extra` more nodes make a fleet of it. */
export function seed(world: World, extra: number): void {
  const plan: [string, t.NodeState, number][] = [
    ['compute-01', 'ready', 62],
    ['compute-02', 'ready', 61],
    ['compute-03', 'ready', 58],
    ['control-01', 'ready', 190],
    ['storage-01', 'ready', 190],
    ['storage-02', 'failed', 14],
    ['d52-54-00-00-00-07', 'discovered', 3],
    ['d52-54-00-00-00-08', 'allocated', 2],
    ['old-01', 'retired', 9000],
    ['repair-01', 'rescue', 45],
  ];
  plan.forEach(([name, state, minutes], index) => {
    addNode(world, index + 1, name, state, minutes);
  });
  for (let index = 0; index < extra; index += 1) {
    addNode(
      world,
      100 + index,
      `rack${Math.floor(index / 40) + 1}-${String((index % 40) + 1).padStart(2, '0')}`,
      index % 97 === 0 ? 'failed' : 'ready',
      30 + (index % 600),
    );
  }
}
