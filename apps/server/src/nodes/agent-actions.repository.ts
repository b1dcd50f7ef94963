import type { AgentAction, Db, Prisma, Tx } from '@halligan/db';
import type { AgentActionKind } from './node-effects.ts';

export type AgentActionRow = AgentAction;

const open = { in: ['pending', 'running'] };

export async function createActions(
  tx: Tx,
  nodeId: string,
  kinds: readonly AgentActionKind[],
): Promise<void> {
  for (const kind of kinds) await tx.agentAction.create({ data: { nodeId, kind, params: {} } });
}

export async function cancelActions(tx: Tx, nodeId: string, which: 'all' | 'pending'): Promise<void> {
  await tx.agentAction.updateMany({
    where: { nodeId, status: which === 'all' ? open : 'pending' },
    data: { status: 'cancelled', finishedAt: new Date() },
  });
}

/** The one under way, else the oldest that waits. */
export async function firstOpenAction(db: Db | Tx, nodeId: string): Promise<AgentActionRow | null> {
  return db.agentAction.findFirst({
    where: { nodeId, status: open },
    orderBy: [{ status: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
}

export function findAction(tx: Tx, id: string): Promise<AgentActionRow | null> {
  return tx.agentAction.findUnique({ where: { id } });
}

export async function updateAction(
  tx: Tx,
  id: string,
  changes: Prisma.AgentActionUncheckedUpdateInput,
): Promise<void> {
  await tx.agentAction.update({ where: { id }, data: changes });
}

/** A new start of the discovery image: what it was told to boot for has happened, the rest begins anew. */
export async function restartActions(tx: Tx, nodeId: string): Promise<void> {
  await tx.agentAction.updateMany({
    where: { nodeId, status: open, kind: { in: ['reboot', 'power-off'] } },
    data: { status: 'done', finishedAt: new Date() },
  });
  await tx.agentAction.updateMany({
    where: { nodeId, status: 'running' },
    data: { status: 'pending', percent: null, phase: null, message: null, startedAt: null },
  });
}
