import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';

export const RunState = z
  .enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'RunState' });
export const NodeRunState = z
  .enum(['waiting', 'running', 'succeeded', 'failed', 'blocked', 'cancelled'])
  .meta({ id: 'NodeRunState' });
export const StepOutcome = z
  .enum(['pending', 'running', 'unchanged', 'changed', 'failed'])
  .meta({ id: 'StepOutcome' });

export const StepRunView = z
  .object({
    id: z.string(),
    index: z.int(),
    name: z.string(),
    outcome: StepOutcome,
    drift: z.string().nullable(),
    output: z.string().describe('Secrets masked; the last 16 KiB'),
    seconds: z.number().nullable(),
  })
  .meta({ id: 'StepRun' });

export const NodeRunView = z
  .object({
    id: z.string(),
    node: z.string(),
    role: z.string(),
    batch: z.int(),
    state: NodeRunState,
    reason: z.string(),
    seconds: z.number().nullable(),
    steps: z.array(StepRunView),
  })
  .meta({ id: 'NodeRun' });

export const RunSummary = z
  .object({
    id: z.string(),
    barclamp: z.string(),
    proposal: z.string(),
    revision: z.int(),
    state: RunState,
    reason: z.string().describe('What it waits for, or why it failed'),
    changed: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    createdBy: z.string(),
    createdAt: Moment,
    startedAt: Moment.nullable(),
    finishedAt: Moment.nullable(),
    seconds: z.number().nullable(),
  })
  .meta({ id: 'RunSummary' });

export const RunDetail = RunSummary.extend({ nodeRuns: z.array(NodeRunView) }).meta({ id: 'RunDetail' });
export type RunDetail = z.infer<typeof RunDetail>;
