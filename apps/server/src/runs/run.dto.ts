import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';

export const RunState = z
  .enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'RunState' });
export type RunState = z.infer<typeof RunState>;
export const NodeRunState = z
  .enum(['waiting', 'running', 'succeeded', 'failed', 'blocked', 'cancelled'])
  .meta({ id: 'NodeRunState' });
export type NodeRunState = z.infer<typeof NodeRunState>;
export const NodeRunKind = z
  .enum(['apply', 'smoke-test'])
  .describe('smoke-test: questions asked of the whole deployment once every role is applied')
  .meta({ id: 'NodeRunKind' });
export type NodeRunKind = z.infer<typeof NodeRunKind>;
export const StepOutcome = z
  .enum(['pending', 'running', 'unchanged', 'changed', 'failed'])
  .meta({ id: 'StepOutcome' });
export type StepOutcome = z.infer<typeof StepOutcome>;

export const StepRunView = z
  .object({
    id: z.string(),
    index: z.int(),
    name: z.string(),
    outcome: StepOutcome,
    drift: z.string().nullable(),
    reason: z.string().describe('Why it failed; empty when it did not'),
    output: z.string().describe('Secrets masked; the last 16 KiB'),
    seconds: z.number().nullable(),
  })
  .meta({ id: 'StepRun' });
export type StepRunView = z.infer<typeof StepRunView>;

export const NodeRunView = z
  .object({
    id: z.string(),
    node: z.string(),
    role: z.string(),
    kind: NodeRunKind,
    batch: z.int(),
    state: NodeRunState,
    reason: z.string(),
    seconds: z.number().nullable(),
    steps: z.array(StepRunView),
  })
  .meta({ id: 'NodeRun' });
export type NodeRunView = z.infer<typeof NodeRunView>;

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
export type RunSummary = z.infer<typeof RunSummary>;

export const RunDetail = RunSummary.extend({ nodeRuns: z.array(NodeRunView) }).meta({ id: 'RunDetail' });
export type RunDetail = z.infer<typeof RunDetail>;

export const RunQuery = z.object({
  proposal: z.string().optional().describe('Only runs of the proposal with this id'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RunQuery = z.infer<typeof RunQuery>;
