import type * as t from '../src/lib/api/types.ts';
import { kindOf } from '../src/lib/nodes/states.ts';
import { gib, inventory, mac, pastBoot } from './hardware.ts';
import { allowed, type FakeNode, newId, now, type World } from './world.ts';

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
