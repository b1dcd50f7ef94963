import type { NodeState } from './node.dto.ts';

export type { NodeState } from './node.dto.ts';
export type NodeStateKind = 'working' | 'waiting' | 'failed';
export type NextBoot = 'discovery' | 'os-install' | 'local';

/** A failure is possible while Halligan or the machine works, or while we wait for the machine's own move. */
export type FallibleState =
  | 'discovering'
  | 'hardware-installing'
  | 'hardware-installed'
  | 'installing'
  | 'installed'
  | 'readying'
  | 'applying';

/** Where a node stands, as the transition table sees it: a failed node is told apart by what it failed at. */
export type Standing = Exclude<NodeState, 'failed'> | `failed:${FallibleState}`;

export interface StateDefinition {
  kind: NodeStateKind;
  /** The state a working state ends in when all goes well. */
  aimsAt?: NodeState;
  /** What the machine gets when it next boots from the network; failed leaves it as it was. */
  nextBoot: NextBoot | 'unchanged';
  /** Seconds after which the node is failed; absent where nothing is awaited but a person. */
  deadlineSeconds?: number;
  /** Who proves that the machine is alive: the agent's polls, an answer on its SSH port, or nobody. */
  heartbeat: 'agent' | 'ssh' | 'none';
  /** What the state means to an operator. */
  meaning: string;
  /** What happens next, or what the operator should do. */
  nextAction: string;
}

const minutes = (count: number): number => count * 60;

export const nodeStates: Readonly<Record<NodeState, StateDefinition>> = {
  discovering: {
    kind: 'working',
    aimsAt: 'discovered',
    nextBoot: 'discovery',
    deadlineSeconds: minutes(20),
    heartbeat: 'agent',
    meaning: 'The machine boots the discovery image, which finds out what it is.',
    nextAction: 'Wait: the discovery image reports the inventory.',
  },
  discovered: {
    kind: 'waiting',
    nextBoot: 'discovery',
    heartbeat: 'agent',
    meaning: 'The inventory is known; the discovery image waits for work.',
    nextAction: 'Allocate or install the node.',
  },
  allocated: {
    kind: 'waiting',
    nextBoot: 'discovery',
    heartbeat: 'agent',
    meaning: 'The node is taken and has an address of its own; nothing has been written to its disks.',
    nextAction: 'Install the node.',
  },
  'hardware-installing': {
    kind: 'working',
    aimsAt: 'hardware-installed',
    nextBoot: 'discovery',
    deadlineSeconds: minutes(30),
    heartbeat: 'agent',
    meaning: 'The hardware is prepared: the disks are wiped.',
    nextAction: 'Wait: the discovery image wipes the install disk.',
  },
  'hardware-installed': {
    kind: 'waiting',
    nextBoot: 'os-install',
    deadlineSeconds: minutes(20),
    heartbeat: 'none',
    meaning: 'The hardware is prepared; the machine reboots into its installer.',
    nextAction: 'Wait: the machine reboots into the installer.',
  },
  installing: {
    kind: 'working',
    aimsAt: 'installed',
    nextBoot: 'os-install',
    deadlineSeconds: minutes(75),
    heartbeat: 'none',
    meaning: 'The operating system is written to the disk.',
    nextAction: 'Wait: the operating system is being installed.',
  },
  installed: {
    kind: 'waiting',
    nextBoot: 'local',
    deadlineSeconds: minutes(20),
    heartbeat: 'none',
    meaning: 'The operating system is on the disk; its first start is awaited.',
    nextAction: 'Wait: the installed system starts and calls back.',
  },
  readying: {
    kind: 'working',
    aimsAt: 'ready',
    nextBoot: 'local',
    deadlineSeconds: minutes(30),
    heartbeat: 'ssh',
    meaning: 'The base barclamps are applied over SSH.',
    nextAction: 'Wait: the node is checked and prepared over SSH.',
  },
  ready: {
    kind: 'waiting',
    nextBoot: 'local',
    heartbeat: 'ssh',
    meaning: 'The node is installed, reachable and may be given roles.',
    nextAction: 'Give the node roles in a proposal.',
  },
  applying: {
    kind: 'working',
    aimsAt: 'ready',
    nextBoot: 'local',
    deadlineSeconds: minutes(240),
    heartbeat: 'ssh',
    meaning: 'A run applies roles to the node.',
    nextAction: 'Wait: follow the run.',
  },
  rescue: {
    kind: 'waiting',
    nextBoot: 'discovery',
    heartbeat: 'agent',
    meaning: 'The discovery image runs for repairs; the disks are left alone.',
    nextAction: 'Repair the node, then end the rescue, reinstall or reset it.',
  },
  retired: {
    kind: 'waiting',
    nextBoot: 'local',
    heartbeat: 'none',
    meaning: 'The node is out of service; only its record is kept.',
    nextAction: 'Reset the node to take it into service again, or delete it.',
  },
  failed: {
    kind: 'failed',
    nextBoot: 'unchanged',
    heartbeat: 'none',
    meaning: 'Something went wrong; the reason says what, the next action what to do.',
    nextAction: 'Read the reason, then reinstall or reset the node.',
  },
};

/** What an operator should do about a node that failed in this state. */
export const failureAdvice: Readonly<Record<FallibleState, string>> = {
  discovering:
    'Look at the boot timeline and the console log, power the machine on again, or reset the node.',
  'hardware-installing': 'Look at the console log, then reinstall or reset the node.',
  'hardware-installed': 'Check that the machine boots from the network first, then reinstall the node.',
  installing: 'Look at the console log, then reinstall the node.',
  installed: 'Check that the machine boots and reaches the admin server, then reinstall the node.',
  readying: 'Check that the node answers on SSH, then retry; if that does not help, reinstall the node.',
  applying:
    'Look at the run, mend the cause and retry the run; or retry the node, which makes it ready again.',
};

/** Standings in which `fail` is declared. */
export const fallibleStates = Object.keys(failureAdvice) as readonly FallibleState[];

export const nodeStateNames = Object.keys(nodeStates) as readonly NodeState[];

/** States in which a node that is not heard of is worth telling. */
export const statesWithHeartbeat = nodeStateNames.filter((state) => nodeStates[state].heartbeat !== 'none');
