import type { Db, NodeRun, StepRun, Tx } from '@halligan/db';
import type { NodeRunKind, NodeRunState, StepOutcome } from './run.dto.ts';
import type { NodeRunFacts, StepRunFacts } from './run-facts.ts';

/** A node run with its steps and its node's name, for people. */
export interface NodeRunWithSteps extends NodeRunFacts {
  readonly node: string;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly steps: readonly StepRunFacts[];
}

const OPEN: NodeRunState[] = ['waiting', 'running'];
const BY_INDEX = { orderBy: { index: 'asc' } } as const;

export async function findNodeRun(db: Db | Tx, id: string): Promise<NodeRunFacts | null> {
  const row = await db.nodeRun.findUnique({ where: { id } });
  return row && nodeRunFacts(row);
}

/** In the order in which they begin. */
export async function nodeRunsWithSteps(db: Db, runId: string): Promise<NodeRunWithSteps[]> {
  const rows = await db.nodeRun.findMany({
    where: { runId },
    include: { steps: BY_INDEX, node: { select: { name: true } } },
    orderBy: [{ batch: 'asc' }, { role: 'asc' }, { node: { name: 'asc' } }],
  });
  return rows.map(({ node, steps, ...row }) => ({
    ...row,
    ...nodeRunFacts(row),
    node: node.name,
    steps: steps.map(stepRunFacts),
  }));
}

/** The lowest batch that is not done yet; null when all are. */
export async function lowestOpenBatch(tx: Tx, runId: string): Promise<number | null> {
  const row = await tx.nodeRun.findFirst({
    where: { runId, state: { in: OPEN } },
    orderBy: { batch: 'asc' },
    select: { batch: true },
  });
  return row?.batch ?? null;
}

export async function waitingIn(tx: Tx, runId: string, batch: number): Promise<NodeRunFacts[]> {
  const rows = await tx.nodeRun.findMany({
    where: { runId, batch, state: 'waiting' },
    orderBy: { id: 'asc' },
  });
  return rows.map(nodeRunFacts);
}

export async function nodeRunsIn(
  db: Db | Tx,
  runId: string,
  states: NodeRunState[],
): Promise<NodeRunFacts[]> {
  const rows = await db.nodeRun.findMany({ where: { runId, state: { in: states } }, orderBy: { id: 'asc' } });
  return rows.map(nodeRunFacts);
}

/** Moves a node run on from `from`; false when somebody else has moved it before. */
export async function moveNodeRun(
  tx: Tx,
  id: string,
  from: NodeRunState,
  change: { state: NodeRunState; reason: string; startedAt?: Date; finishedAt?: Date },
): Promise<boolean> {
  const { count } = await tx.nodeRun.updateMany({ where: { id, state: from }, data: change });
  return count === 1;
}

/** Ends everything that has not begun: in the whole run, or behind a batch. */
export async function endWaiting(
  tx: Tx,
  where: { runId: string; behindBatch?: number },
  end: { state: 'blocked' | 'cancelled'; reason: string },
): Promise<void> {
  const { runId, behindBatch } = where;
  await tx.nodeRun.updateMany({
    where: { runId, state: 'waiting', ...(behindBatch === undefined ? {} : { batch: { gt: behindBatch } }) },
    data: { ...end, finishedAt: new Date() },
  });
}

export async function setNodeRunReason(db: Db | Tx, id: string, reason: string): Promise<void> {
  await db.nodeRun.updateMany({ where: { id, reason: { not: reason } }, data: { reason } });
}

/** Records how much of the journal has been read; false when another worker has read on meanwhile. */
export async function advanceJournal(tx: Tx, id: string, from: number, to: number): Promise<boolean> {
  const { count } = await tx.nodeRun.updateMany({
    where: { id, journalOffset: from, state: 'running' },
    data: { journalOffset: to },
  });
  return count === 1;
}

/** Running node runs of which no outbox entry takes care (any more). */
export async function untendedNodeRuns(db: Db | Tx, keyOf: (id: string) => string): Promise<string[]> {
  const running = await db.nodeRun.findMany({ where: { state: 'running' }, select: { id: true } });
  const keys = running.map(({ id }) => keyOf(id));
  const entries = await db.outboxEntry.findMany({
    where: { dedupeKey: { in: keys }, state: 'pending' },
    select: { dedupeKey: true },
  });
  const tended = new Set(entries.map(({ dedupeKey }) => dedupeKey));
  return running.flatMap(({ id }) => (tended.has(keyOf(id)) ? [] : [id]));
}

/** The id of the last finished node run of each of these nodes that has one. */
export async function lastFinished(db: Db | Tx, nodeIds: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all(
    nodeIds.map((nodeId) =>
      db.nodeRun.findFirst({
        where: { nodeId, finishedAt: { not: null }, startedAt: { not: null } },
        orderBy: { finishedAt: 'desc' },
        select: { nodeId: true, id: true },
      }),
    ),
  );
  return new Map(found.flatMap((row) => (row ? [[row.nodeId, row.id] as const] : [])));
}

/** How many node runs of a run are in each state. */
export async function countStates(db: Db | Tx, runId: string): Promise<Map<string, number>> {
  const groups = await db.nodeRun.groupBy({ by: ['state'], where: { runId }, _count: true });
  return new Map(groups.map(({ state, _count }) => [state, _count]));
}

function nodeRunFacts(row: NodeRun): NodeRunFacts {
  return { ...row, state: row.state as NodeRunState, kind: row.kind as NodeRunKind };
}

export function stepRunFacts(row: StepRun): StepRunFacts {
  return { ...row, outcome: row.outcome as StepOutcome };
}
