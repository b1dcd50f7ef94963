import { createHash } from 'node:crypto';
import type { BmcView } from '../hardware/bmc-store.ts';
import type { NodeDetail, NodeSummary } from './node.dto.ts';
import { allowedActions } from './node-actions.ts';
import { isAlive } from './node-effects.ts';
import { asStanding, circumstancesOf } from './node-lifecycle.ts';
import { nodeStates } from './node-state.ts';
import { standingOf } from './node-transitions.ts';
import type { NodeRow } from './nodes.repository.ts';

/** A row of the node grid. */
export function nodeSummary(row: NodeRow, roles: readonly string[]): NodeSummary {
  const { id, name, description, stateReason, nextAction, available, address, arch, platform, version } = row;
  const { state, failedDuring } = asStanding(row);
  return {
    ...{ id, name, description, stateReason, nextAction, available, address, arch, platform, version },
    state,
    failedDuring,
    stateKind: nodeStates[state].kind,
    stateSince: row.stateSince.toISOString(),
    stateDeadline: moment(row.stateDeadline),
    alive: isAlive({ state, lastSeenAt: row.lastSeenAt }),
    lastSeenAt: moment(row.lastSeenAt),
    progress:
      row.progressMessage === null ? null : { percent: row.progressPercent, message: row.progressMessage },
    macs: row.nics.map(({ mac }) => mac),
    firmware: row.firmware as NodeSummary['firmware'],
    cpuThreads: row.cpuThreads,
    memoryBytes: row.memoryBytes === null ? null : Number(row.memoryBytes),
    diskBytes: row.diskBytes === null ? null : Number(row.diskBytes),
    powerState: row.powerState as NodeSummary['powerState'],
    roles: [...roles],
  };
}

/** Everything there is to see of one node, and what may be asked of it. */
export function nodeDetail(
  row: NodeRow,
  more: { roles: readonly string[]; bmc: BmcView | null },
): NodeDetail {
  const { serial, uuid, bootEnv, installDisk, consoleArguments } = row;
  return {
    ...nodeSummary(row, more.roles),
    ...{ serial, uuid, bootEnv, installDisk, consoleArguments },
    nextBoot: row.nextBoot as NodeDetail['nextBoot'],
    inventory: row.inventory as NodeDetail['inventory'],
    inventoryAt: moment(row.inventoryAt),
    bmc: more.bmc,
    hostKeyFingerprints: ((row.sshHostKeys as string[] | null) ?? []).map(fingerprint),
    actions: allowedActions(standingOf(asStanding(row)), circumstancesOf(row)),
    createdAt: row.createdAt.toISOString(),
  };
}

/** As ssh-keygen -l writes it: `ssh-ed25519 SHA256:…`. */
export function fingerprint(hostKey: string): string {
  const [type = '', key = ''] = hostKey.split(' ');
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '');
  return `${type} SHA256:${hash}`;
}

function moment(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
