import type { NodeAction } from './node.dto.ts';
import type { Circumstances } from './node-effects.ts';
import { nodeStates, type Standing } from './node-state.ts';
import { destination, type NodeEvent } from './node-transitions.ts';

/** Actions that are events of the life cycle. */
export const lifeActions = [
  'allocate',
  'install',
  'reinstall',
  'retry',
  'reset',
] as const satisfies readonly (NodeAction & NodeEvent)[];
export type LifeAction = (typeof lifeActions)[number];

/** Actions on the machine that leave the state alone, with what the BMC is told. */
export const powerActions = {
  'power-on': 'on',
  'power-off': 'off',
  'power-cycle': 'cycle',
} as const satisfies Partial<Record<NodeAction, string>>;
export type PowerActionName = keyof typeof powerActions;

/** How a machine can be rebooted as gently as may be; null when it cannot. */
export type RebootBy = 'agent' | 'ssh' | 'bmc';

export function isLifeAction(action: NodeAction): action is LifeAction {
  return (lifeActions as readonly string[]).includes(action);
}

/** Everything that may be asked of a node in this standing now. */
export function allowedActions(standing: Standing, circumstances: Circumstances): NodeAction[] {
  const life = lifeActions.filter((action) => destination(standing, action) !== null);
  const power = circumstances.hasBmc ? (Object.keys(powerActions) as PowerActionName[]) : [];
  return [...life, ...power, ...(rebootBy(standing, circumstances) === null ? [] : (['reboot'] as const))];
}

/** A machine whose disk is being written is not rebooted: reset or reinstall it, or cut its power. */
export function rebootBy(
  standing: Standing,
  { agentRuns, hasShell, hasBmc }: Circumstances,
): RebootBy | null {
  if (['hardware-installing', 'hardware-installed', 'installing'].includes(standing)) return null;
  if (agentRuns) return 'agent';
  if (hasShell && bootsLocally(standing)) return 'ssh';
  return hasBmc ? 'bmc' : null;
}

function bootsLocally(standing: Standing): boolean {
  const [state, during] = standing.split(':');
  const last = (during ?? state) as keyof typeof nodeStates;
  return nodeStates[last].nextBoot === 'local';
}
