import {
  type FallibleState,
  fallibleStates,
  type NodeState,
  nodeStateNames,
  type Standing,
} from './node-state.ts';

export interface Transition {
  from: readonly Standing[];
  to: NodeState;
  /** Why the state changed, when the caller has nothing better to say. */
  reason: string;
}

const failedAt = (...states: readonly FallibleState[]): Standing[] =>
  states.map((state): Standing => `failed:${state}`);

/** Every standing a node can have. */
export const standings: readonly Standing[] = [
  ...nodeStateNames.filter((state): state is Exclude<NodeState, 'failed'> => state !== 'failed'),
  ...failedAt(...fallibleStates),
];

/** Failures after which the inventory is known, so that an installation can start over. */
const failedAfterDiscovery = failedAt(...fallibleStates.filter((state) => state !== 'discovering'));

/**
 * Each event with the standings it is declared for. Anything else is refused.
 *
 * A late answer revives a node that only failed by its deadline: a slow machine is not a broken one.
 */
export const transitions = {
  'inventory-reported': {
    from: ['discovering', ...failedAt('discovering')],
    to: 'discovered',
    reason: 'The discovery image reported the inventory.',
  },
  allocate: { from: ['discovered'], to: 'allocated', reason: 'The node was allocated.' },
  install: {
    from: ['discovered', 'allocated'],
    to: 'hardware-installing',
    reason: 'Installation was asked for.',
  },
  'hardware-done': {
    from: ['hardware-installing'],
    to: 'hardware-installed',
    reason: 'The hardware is prepared.',
  },
  'install-start': {
    from: ['hardware-installed'],
    to: 'installing',
    reason: 'The installation of the operating system began.',
  },
  'install-done': {
    from: ['installing', ...failedAt('installing')],
    to: 'installed',
    reason: 'The operating system is on the disk.',
  },
  'first-contact': {
    from: ['installed', ...failedAt('installed')],
    to: 'readying',
    reason: 'The installed system started and called back.',
  },
  ready: { from: ['readying'], to: 'ready', reason: 'The node answers over SSH and is prepared.' },
  retry: { from: failedAt('readying', 'applying'), to: 'readying', reason: 'Another attempt was asked for.' },
  apply: {
    from: ['ready', ...failedAt('applying')],
    to: 'applying',
    reason: 'A run began to apply roles.',
  },
  'apply-done': { from: ['applying'], to: 'ready', reason: 'The run is done with this node.' },
  fail: { from: fallibleStates, to: 'failed', reason: 'It failed without saying why.' },
  reinstall: {
    from: ['allocated', 'installed', 'ready', 'rescue', ...failedAfterDiscovery],
    to: 'hardware-installing',
    reason: 'A new installation was asked for.',
  },
  reset: { from: standings, to: 'discovering', reason: 'The node was reset.' },
  rescue: { from: ['ready', ...failedAfterDiscovery], to: 'rescue', reason: 'Rescue was asked for.' },
  'rescue-done': { from: ['rescue'], to: 'readying', reason: 'The rescue was ended.' },
  retire: {
    from: ['discovered', 'allocated', 'ready', 'rescue', ...failedAt(...fallibleStates)],
    to: 'retired',
    reason: 'The node was retired.',
  },
} as const satisfies Record<string, Transition>;

export type NodeEvent = keyof typeof transitions;
export const nodeEvents = Object.keys(transitions) as readonly NodeEvent[];

/** A node is born by its first boot from the network. */
export const birth = {
  event: 'boot',
  from: 'new',
  to: 'discovering',
  reason: 'An unknown machine booted from the network.',
} as const satisfies { event: string; from: string; to: NodeState; reason: string };

/** Where a node stands; a failed node without a known cause counts as failed while discovering. */
export function standingOf(node: { state: NodeState; failedDuring: NodeState | null }): Standing {
  if (node.state !== 'failed') return node.state;
  const during = fallibleStates.find((state) => state === node.failedDuring);
  return `failed:${during ?? 'discovering'}`;
}

/** The state the event leads to from this standing, or null when that is not declared. */
export function destination(standing: Standing, event: NodeEvent): NodeState | null {
  const { from, to }: Transition = transitions[event];
  return from.includes(standing) ? to : null;
}

/** The events declared for this standing. */
export function eventsFrom(standing: Standing): NodeEvent[] {
  return nodeEvents.filter((event) => destination(standing, event) !== null);
}
