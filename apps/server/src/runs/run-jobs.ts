import type { NewOutboxEntry } from '../shared/outbox/outbox.repository.ts';

/** The queue of everything that runs on nodes. */
export const RUNS_QUEUE = 'runs';

/** The outbox key of the entry that takes care of a node run. */
export const nodeRunKey = (nodeRunId: string): string => `apply-node-run:${nodeRunId}`;

/** Work on one node run until it has ended. */
export function applyNodeRun(nodeRunId: string): NewOutboxEntry {
  return {
    queue: RUNS_QUEUE,
    name: 'apply-node-run',
    payload: { nodeRunId },
    dedupeKey: nodeRunKey(nodeRunId),
  };
}

/** Begin what can begin of a run. */
export function advanceRun(runId: string): NewOutboxEntry {
  return { queue: RUNS_QUEUE, name: 'advance-run', payload: { runId }, dedupeKey: `advance-run:${runId}` };
}

/** Find out what a commit would change. */
export function makePlan(planId: string): NewOutboxEntry {
  return { queue: RUNS_QUEUE, name: 'make-plan', payload: { planId }, dedupeKey: `make-plan:${planId}` };
}
