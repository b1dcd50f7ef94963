import { type Schemas, unwrap } from '@halligan/api-client';
import type { Lab } from '../lab.ts';
import { LabError } from '../lab-error.ts';
import type { NodeWatch } from './node-watch.ts';

type Run = Schemas['RunDetail'];

export interface Application {
  readonly barclamp: string;
  /** Node names by role. */
  readonly elements: Record<string, string[]>;
  readonly attributes?: Record<string, unknown>;
}

/** How a run is followed. */
export interface Following {
  readonly watch: NodeWatch;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const ENDED: readonly string[] = ['succeeded', 'failed', 'cancelled'];

/** Proposes, plans, commits just that plan and follows the run to its end; then commits again. */
export async function applyTwice(
  lab: Lab,
  application: Application,
  following: Following,
): Promise<[Run, Run]> {
  const { barclamp, elements, attributes = {} } = application;
  const name = 'default';
  const params = { path: { barclamp, name } };
  await unwrap(lab.client.POST('/api/v1/proposals', { body: { barclamp, name, attributes, elements } }));
  const plan = await unwrap(lab.client.POST('/api/v1/proposals/{barclamp}/{name}/plan', { params }));
  const first = await commit(lab, params, { planHash: plan.hash }, following);
  return [first, await commit(lab, params, {}, following)];
}

async function commit(
  lab: Lab,
  params: { path: { barclamp: string; name: string } },
  body: Schemas['Commit'],
  following: Following,
): Promise<Run> {
  const { runId } = await unwrap(
    lab.client.POST('/api/v1/proposals/{barclamp}/{name}/commit', { params, body }),
  );
  const deadline = Date.now() + following.timeoutMs;
  for (;;) {
    following.signal.throwIfAborted();
    const run = await unwrap(lab.client.GET('/api/v1/runs/{id}', { params: { path: { id: runId } } }));
    if (run.state === 'succeeded') return run;
    if (ENDED.includes(run.state)) throw runFailed(run);
    if (Date.now() > deadline) throw tooSlow(run, following.timeoutMs);
    await following.watch.nextEvent(following.signal);
  }
}

function runFailed(run: Run): LabError {
  const failed = run.nodeRuns.flatMap(({ node, role, reason, steps }) =>
    steps
      .filter((step) => step.outcome === 'failed')
      .map((step) => `\n  ${node} ${role}: ${step.name}: ${step.drift ?? reason}\n    ${step.output.trim()}`),
  );
  return new LabError(
    'lab.run_failed',
    `the run of ${run.barclamp} ${run.state}: ${run.reason}${failed.join('')}`,
    `halligan run show ${run.id}`,
  );
}

function tooSlow(run: Run, timeoutMs: number): LabError {
  const message = `the run of ${run.barclamp} is ${run.state} after ${timeoutMs / 1000} s: ${run.reason}`;
  return new LabError('lab.too_slow', message, `halligan run show ${run.id}`);
}
