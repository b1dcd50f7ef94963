import type { Db, Tx } from '@halligan/db';
import { stepRunFacts } from './node-runs.repository.ts';
import type { StepRunFacts } from './run-facts.ts';

/**
 * Makes the stored steps of a node run those of these names, in order. What is known of a step is kept while its name
 * is the same; a server that was updated in between may have other steps.
 */
export async function alignSteps(
  tx: Tx,
  nodeRunId: string,
  names: readonly string[],
): Promise<StepRunFacts[]> {
  const stored = await tx.stepRun.findMany({ where: { nodeRunId } });
  const fitting = stored.filter(({ index, name }) => names[index - 1] === name);
  await tx.stepRun.deleteMany({ where: { nodeRunId, id: { notIn: fitting.map(({ id }) => id) } } });
  const have = new Set(fitting.map(({ index }) => index));
  await tx.stepRun.createMany({
    data: names.flatMap((name, at) => (have.has(at + 1) ? [] : [{ nodeRunId, index: at + 1, name }])),
  });
  const rows = await tx.stepRun.findMany({ where: { nodeRunId }, orderBy: { index: 'asc' } });
  return rows.map(stepRunFacts);
}

export async function updateStep(tx: Tx, { id, index: _, name: __, ...change }: StepRunFacts): Promise<void> {
  await tx.stepRun.update({ where: { id }, data: change });
}

/** Steps that were at work when their node run ended have failed with it. */
export async function endRunningSteps(tx: Tx, nodeRunId: string, reason: string): Promise<void> {
  await tx.stepRun.updateMany({
    where: { nodeRunId, outcome: 'running' },
    data: { outcome: 'failed', reason, finishedAt: new Date() },
  });
}

/** How many steps of each of these runs came out in each way. */
export async function countOutcomes(
  db: Db | Tx,
  runIds: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  const counts = await Promise.all(
    runIds.map(async (runId) => {
      const groups = await db.stepRun.groupBy({
        by: ['outcome'],
        where: { nodeRun: { runId } },
        _count: true,
      });
      return [runId, new Map(groups.map(({ outcome, _count }) => [outcome, _count]))] as const;
    }),
  );
  return new Map(counts);
}
