import { type NodeState, nodeStates, type Standing } from './node-state.ts';
import type { NodeEvent } from './node-transitions.ts';

export type AgentActionKind = 'wipe' | 'install-image' | 'reboot' | 'power-off';

/** What bears on how a machine can be brought to do something. */
export interface Circumstances {
  /** The discovery image runs on it and was heard of lately. */
  agentRuns: boolean;
  hasBmc: boolean;
  /** An installed system with a pinned host key is reachable under the node's address. */
  hasShell: boolean;
  /** The discovery image itself writes the operating system, or an installer does after a reboot. */
  installs: 'image' | 'installer';
}

/** How the machine is made to boot anew. */
export type BootBy = 'bmc' | 'agent' | 'ssh' | 'hand';

/** What a change of state must cause, written in the same transaction. */
export interface Effects {
  /** Open agent actions belong to what was wanted before; `pending` leaves the one under way alone. */
  cancel?: 'all' | 'pending';
  /** For the discovery image to do, in order. */
  agentActions?: readonly AgentActionKind[];
  bootBy?: BootBy;
  /** Apply the base barclamps. */
  readyNode?: boolean;
  /** The node needs an address of its own. */
  address?: boolean;
  /** What was known of the system on the disk no longer holds. */
  forgetSystem?: boolean;
  /** The event that follows at once. */
  next?: NodeEvent;
}

/** What the event causes. Every event is listed: a new one does not compile until it is thought about. */
export function effectsOf(event: NodeEvent, circumstances: Circumstances): Effects {
  switch (event) {
    case 'inventory-reported':
    case 'ready':
    case 'apply':
    case 'apply-done':
      return {};
    case 'allocate':
      return { address: true };
    case 'install':
    case 'reinstall':
      return { cancel: 'all', address: true, agentActions: ['wipe'], ...intoDiscovery(circumstances) };
    case 'hardware-done':
      return circumstances.installs === 'image'
        ? { forgetSystem: true, next: 'install-start' }
        : { forgetSystem: true, agentActions: ['reboot'] };
    case 'install-start':
      return circumstances.installs === 'image' ? { agentActions: ['install-image'] } : { cancel: 'all' };
    case 'install-done':
      return circumstances.installs === 'image' ? { cancel: 'all', agentActions: ['reboot'] } : {};
    case 'first-contact':
      return { cancel: 'all', readyNode: true };
    case 'retry':
      return { readyNode: true };
    case 'fail':
      return { cancel: 'pending' };
    case 'reset':
    case 'rescue':
      return { cancel: 'all', ...bootAnew(circumstances) };
    case 'rescue-done':
      return { cancel: 'all', readyNode: true, ...bootAnew(circumstances) };
    case 'retire':
      return { cancel: 'all' };
  }
}

/** A running discovery image needs no boot. */
function intoDiscovery(circumstances: Circumstances): Effects {
  return circumstances.agentRuns ? {} : bootAnew(circumstances);
}

/** The surest way first. */
function bootAnew({ hasBmc, agentRuns, hasShell }: Circumstances): Effects {
  if (hasBmc) return { bootBy: 'bmc' };
  if (agentRuns) return { bootBy: 'agent', agentActions: ['reboot'] };
  return { bootBy: hasShell ? 'ssh' : 'hand' };
}

/** What to tell people while the machine is on its way. */
export function bootAdvice(bootBy: BootBy | undefined): string | undefined {
  switch (bootBy) {
    case 'bmc':
      return 'Wait: the BMC power-cycles the machine.';
    case 'agent':
      return 'Wait: the discovery image reboots the machine.';
    case 'ssh':
      return 'Wait: the machine is rebooted over SSH.';
    case 'hand':
      return 'Switch the machine off and on again: Halligan cannot, for it knows no BMC of this node.';
    case undefined:
      return undefined;
  }
}

/** Seconds without a sign of life after which a node no longer counts as alive; polls come every 25 s. */
export const ALIVE_SECONDS = 90;

/** Heard of lately; a machine on its way to a first start, of which nothing can be heard, counts until its deadline. */
export function isAlive(node: { state: NodeState; lastSeenAt: Date | null }, now = new Date()): boolean {
  const { heartbeat, deadlineSeconds } = nodeStates[node.state];
  return isRecent(node.lastSeenAt, now) || (heartbeat === 'none' && deadlineSeconds !== undefined);
}

export function isRecent(moment: Date | null, now = new Date()): boolean {
  return moment !== null && now.getTime() - moment.getTime() <= ALIVE_SECONDS * 1000;
}

/** Standings in which what is heard of a machine comes from the discovery image. */
export function agentMayRun(standing: Standing, installs: Circumstances['installs']): boolean {
  switch (standing) {
    case 'discovering':
    case 'discovered':
    case 'allocated':
    case 'hardware-installing':
    case 'rescue':
    case 'failed:discovering':
    case 'failed:hardware-installing':
      return true;
    case 'installing':
    case 'failed:installing':
      return installs === 'image';
    default:
      return false;
  }
}
