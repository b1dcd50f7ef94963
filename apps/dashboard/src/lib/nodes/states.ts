import type { NodeAction, NodeState, NodeStateKind } from '../api/types.ts';

export type Tone = 'ready' | 'working' | 'waiting' | 'failed' | 'attention' | 'off';

interface StateFacts {
  kind: NodeStateKind;
  tone: Tone;
  means: string;
}

/** What each state is, in the order a node passes through them. */
export const nodeStates: Record<NodeState, StateFacts> = {
  discovering: {
    kind: 'working',
    tone: 'working',
    means: 'Booting the discovery image to find out what it is.',
  },
  discovered: {
    kind: 'waiting',
    tone: 'waiting',
    means: 'Its inventory is known. Allocate it to put it to use.',
  },
  allocated: { kind: 'waiting', tone: 'waiting', means: 'Set aside for use, waiting for an install.' },
  'hardware-installing': {
    kind: 'working',
    tone: 'working',
    means: 'Wiping disks and setting up firmware and BMC.',
  },
  'hardware-installed': {
    kind: 'waiting',
    tone: 'working',
    means: 'Hardware is prepared; its next boot installs.',
  },
  installing: {
    kind: 'working',
    tone: 'working',
    means: 'The operating system is being written to its disk.',
  },
  installed: {
    kind: 'waiting',
    tone: 'working',
    means: 'Installed; waiting for its first contact over SSH.',
  },
  readying: { kind: 'working', tone: 'working', means: 'Base barclamps are being applied.' },
  ready: { kind: 'waiting', tone: 'ready', means: 'Installed, reachable and free to take roles.' },
  applying: { kind: 'working', tone: 'working', means: 'A run is applying roles to it.' },
  rescue: { kind: 'waiting', tone: 'attention', means: 'Booted into the discovery image for repair.' },
  retired: { kind: 'waiting', tone: 'off', means: 'Taken out of use.' },
  failed: { kind: 'failed', tone: 'failed', means: 'Stopped by an error; its page says why and what to do.' },
};

export const stateOrder = Object.keys(nodeStates) as NodeState[];

/** Unknown names (a newer server) count as waiting. */
export function toneOf(state: string): Tone {
  return nodeStates[state as NodeState]?.tone ?? 'waiting';
}

export function kindOf(state: string): NodeStateKind {
  return nodeStates[state as NodeState]?.kind ?? 'waiting';
}

export function isNodeState(text: string | null): text is NodeState {
  return text !== null && Object.hasOwn(nodeStates, text);
}

interface ActionFacts {
  label: string;
  does: string;
  danger: boolean;
}

/** Each action with what it does, for its button and its confirmation. */
export const nodeActions: Record<NodeAction, ActionFacts> = {
  allocate: {
    label: 'Allocate',
    does: 'Sets the node aside for use. Nothing on its disks changes.',
    danger: false,
  },
  install: {
    label: 'Install',
    does: 'Wipes the install disk and installs an operating system on it.',
    danger: true,
  },
  reinstall: {
    label: 'Reinstall',
    does: 'Wipes the node and installs it again. Everything on its install disk is lost.',
    danger: true,
  },
  retry: { label: 'Retry', does: 'Tries again what failed, from where it stopped.', danger: false },
  reset: {
    label: 'Reset',
    does: 'Forgets its inventory and boots it into discovery again. It keeps its name.',
    danger: true,
  },
  'power-on': { label: 'Power on', does: 'Switches the node on through its BMC.', danger: false },
  'power-off': {
    label: 'Power off',
    does: 'Cuts its power through its BMC, without a shutdown.',
    danger: true,
  },
  'power-cycle': { label: 'Power cycle', does: 'Cuts its power and switches it on again.', danger: true },
  reboot: { label: 'Reboot', does: 'Restarts the operating system in an orderly way.', danger: true },
};

export const actionOrder = Object.keys(nodeActions) as NodeAction[];
