import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { type NodeRunWithSteps, nodeRunsWithSteps } from './node-runs.repository.ts';
import type { NodeRunView, RunDetail, RunQuery, RunSummary, StepRunView } from './run.dto.ts';
import type { RunFacts, StepRunFacts } from './run-facts.ts';
import { findRun, findRuns } from './runs.repository.ts';
import { countOutcomes } from './step-runs.repository.ts';

const SHOWN_OUTPUT = 16 * 1024;

/** Runs as people and programs outside see them. */
@Injectable()
export class RunViews {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list({ proposal, limit }: RunQuery): Promise<RunSummary[]> {
    const runs = await findRuns(
      this.#database.db,
      proposal === undefined ? {} : { proposalId: proposal },
      limit,
    );
    const counts = await countOutcomes(
      this.#database.db,
      runs.map(({ id }) => id),
    );
    return runs.map((run) => summary(run, counts.get(run.id) ?? new Map()));
  }

  /** Throws run.not_found. */
  async detail(id: string): Promise<RunDetail> {
    const run = await findRun(this.#database.db, id);
    if (!run) throw new ProblemError(404, 'run.not_found', `There is no run ${id}.`);
    const counts = (await countOutcomes(this.#database.db, [id])).get(id) ?? new Map();
    const nodeRuns = await nodeRunsWithSteps(this.#database.db, id);
    return { ...summary(run, counts), nodeRuns: nodeRuns.map(nodeRunView) };
  }
}

function summary(run: RunFacts, counts: ReadonlyMap<string, number>): RunSummary {
  const { id, barclamp, proposal, revision, state, reason, createdBy } = run;
  return {
    ...{ id, barclamp, proposal, revision, state, reason, createdBy },
    changed: counts.get('changed') ?? 0,
    unchanged: counts.get('unchanged') ?? 0,
    failed: counts.get('failed') ?? 0,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    seconds: secondsOf(run),
  };
}

function nodeRunView(nodeRun: NodeRunWithSteps): NodeRunView {
  const { id, node, role, kind, batch, state, reason, steps } = nodeRun;
  return {
    ...{ id, node, role, kind, batch, state, reason },
    seconds: secondsOf(nodeRun),
    steps: steps.map(stepView),
  };
}

function stepView(step: StepRunFacts): StepRunView {
  const { id, index, name, outcome, drift, reason, output } = step;
  return {
    ...{ id, index, name, outcome, drift, reason },
    output: output.slice(-SHOWN_OUTPUT),
    seconds: secondsOf(step),
  };
}

function secondsOf({
  startedAt,
  finishedAt,
}: {
  startedAt: Date | null;
  finishedAt: Date | null;
}): number | null {
  return startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null;
}
