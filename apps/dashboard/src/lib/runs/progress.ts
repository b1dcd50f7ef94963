import type { NodeRun } from '../api/types.ts';
import { groupBy } from '../group-by.ts';

export interface RunProgress {
  done: number;
  total: number;
  percent: number;
}

const settled = new Set(['unchanged', 'changed', 'failed']);

/** How many steps are decided, over the whole run. */
export function runProgress(nodeRuns: readonly NodeRun[]): RunProgress {
  const steps = nodeRuns.flatMap((nodeRun) => nodeRun.steps);
  const done = steps.filter((step) => settled.has(step.outcome)).length;
  return {
    done,
    total: steps.length,
    percent: steps.length === 0 ? 0 : Math.round((done / steps.length) * 100),
  };
}

/** Node runs by batch, in the order they run. */
export function byBatch(nodeRuns: readonly NodeRun[]): { batch: number; nodeRuns: NodeRun[] }[] {
  const groups = groupBy(nodeRuns, (nodeRun) => nodeRun.batch);
  return [...groups]
    .map(([batch, runs]) => ({ batch, nodeRuns: runs.toSorted((a, b) => a.node.localeCompare(b.node)) }))
    .toSorted((a, b) => a.batch - b.batch);
}
