import type { Db, Prisma, Run, Tx } from '@halligan/db';
import type { RunState } from './run.dto.ts';
import type { RunFacts } from './run-facts.ts';
import type { Vertex } from './run-graph.ts';

const HEAD = {
  proposal: { select: { barclamp: true, name: true } },
  revision: { select: { number: true } },
} as const;

type RunRow = Run & { proposal: { barclamp: string; name: string }; revision: { number: number } };

export interface NewRun {
  readonly proposalId: string;
  readonly revisionId: string;
  readonly createdBy: string;
  readonly planHash?: string | undefined;
  readonly retryOf?: string | undefined;
  readonly graph: readonly Vertex[];
}

/** Writes a run with all its node runs and their steps; answers its id. */
export async function createRun(tx: Tx, { graph, ...run }: NewRun): Promise<string> {
  const { proposalId, revisionId, createdBy, planHash = null, retryOf = null } = run;
  const data = { proposalId, revisionId, createdBy, planHash, retryOf, state: 'waiting', reason: '' };
  const { id: runId } = await tx.run.create({ data });
  const nodeRuns = await tx.nodeRun.createManyAndReturn({
    data: graph.map(({ kind, role, nodeId, batch }) => ({
      ...{ runId, kind, role, nodeId, batch },
      ...{ dependsOn: [], state: 'waiting', reason: '' },
    })),
    select: { id: true, kind: true, role: true, nodeId: true },
  });
  const ids = new Map(nodeRuns.map(({ id, ...place }) => [placeKey(place), id]));
  await tx.stepRun.createMany({
    data: graph.flatMap((vertex) => stepRows(vertex, ids.get(placeKey(vertex)))),
  });
  return runId;
}

function stepRows({ stepNames }: Vertex, nodeRunId: string | undefined): Prisma.StepRunCreateManyInput[] {
  return nodeRunId === undefined
    ? []
    : stepNames.map((name, index) => ({ nodeRunId, index: index + 1, name }));
}

function placeKey({ kind, role, nodeId }: { kind: string; role: string; nodeId: string }): string {
  return `${kind} ${role} ${nodeId}`;
}

export async function findRun(db: Db | Tx, id: string): Promise<RunFacts | null> {
  const row = await db.run.findUnique({ where: { id }, include: HEAD });
  return row && runFacts(row);
}

/** The newest runs first. */
export async function findRuns(db: Db, where: { proposalId?: string }, limit: number): Promise<RunFacts[]> {
  const rows = await db.run.findMany({ where, include: HEAD, orderBy: { id: 'desc' }, take: limit });
  return rows.map(runFacts);
}

/** An unfinished run of the same proposal that was committed before this one. */
export async function earlierRun(tx: Tx, { id, proposalId }: RunFacts): Promise<string | null> {
  const row = await tx.run.findFirst({
    where: { proposalId, state: { in: ['waiting', 'running'] }, id: { lt: id } },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  return row?.id ?? null;
}

export async function unfinishedRunOf(tx: Tx, revisionId: string): Promise<string | null> {
  const where = { revisionId, state: { in: ['waiting', 'running'] } };
  const row = await tx.run.findFirst({ where, select: { id: true } });
  return row?.id ?? null;
}

export async function newestRunOf(tx: Tx, proposalId: string): Promise<string | null> {
  const row = await tx.run.findFirst({
    where: { proposalId },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  return row?.id ?? null;
}

/** Unfinished runs that still have something to begin, or nothing left at all: their nodes may have been deleted. */
export async function runsToAdvance(db: Db | Tx): Promise<string[]> {
  const rows = await db.run.findMany({
    where: {
      state: { in: ['waiting', 'running'] },
      OR: [
        { nodeRuns: { some: { state: 'waiting' } } },
        { nodeRuns: { none: { state: { in: ['waiting', 'running'] } } } },
      ],
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function updateRun(
  tx: Tx,
  id: string,
  change: { state?: RunState; reason?: string; startedAt?: Date; finishedAt?: Date; cancelledBy?: string },
): Promise<void> {
  await tx.run.update({ where: { id }, data: change });
}

function runFacts({ proposal, revision, ...row }: RunRow): RunFacts {
  return {
    ...row,
    state: row.state as RunState,
    barclamp: proposal.barclamp,
    proposal: proposal.name,
    revision: revision.number,
  };
}
