import { Injectable } from '@nestjs/common';
import { NodeReader } from '../nodes/node-reader.ts';
import { nodeIdsIn } from '../proposals/proposal-view.ts';
import { findRevision } from '../proposals/proposals.repository.ts';
import { Proposals } from '../proposals/proposals.ts';
import type { Actor } from '../shared/actor.ts';
import { Audit } from '../shared/audit.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { endWaiting, nodeRunsIn } from './node-runs.repository.ts';
import { render } from './rendering.ts';
import { isFinal, type RunFacts } from './run-facts.ts';
import { graphOf, type Vertex } from './run-graph.ts';
import { RunProgress } from './run-progress.ts';
import { createRun, findRun, newestRunOf, updateRun } from './runs.repository.ts';

/** Stops runs, and tries again what failed in them. */
@Injectable()
export class RunControl {
  readonly #database: Database;
  readonly #proposals: Proposals;
  readonly #nodes: NodeReader;
  readonly #progress: RunProgress;
  readonly #audit: Audit;

  constructor(
    database: Database,
    proposals: Proposals,
    nodes: NodeReader,
    progress: RunProgress,
    audit: Audit,
  ) {
    this.#database = database;
    this.#proposals = proposals;
    this.#nodes = nodes;
    this.#progress = progress;
    this.#audit = audit;
  }

  /** What waits never begins; whoever works on the rest hears of it and stops the steps on the nodes. */
  cancel(runId: string, actor: Actor): Promise<void> {
    return this.#database.transaction(async (tx) => {
      const run = await this.#require(tx, runId);
      if (isFinal(run.state)) throw finished(run);
      await updateRun(tx, runId, { cancelledBy: actor.name, reason: `Being cancelled by ${actor.name}.` });
      await endWaiting(tx, { runId }, { state: 'cancelled', reason: `Cancelled by ${actor.name}.` });
      await this.#record(tx, run, 'run.cancel', actor);
      await this.#progress.tell(tx, run, { state: run.state, cancelledBy: actor.name });
      await this.#progress.advance(tx, runId);
    });
  }

  /** Begins a new run of the same revision with only what did not succeed; answers its id. */
  retry(runId: string, actor: Actor): Promise<string> {
    return this.#database.transaction(async (tx) => {
      const run = await this.#require(tx, runId);
      await refuseRetry(tx, run);
      const again = await createRun(tx, {
        proposalId: run.proposalId,
        revisionId: run.revisionId,
        createdBy: actor.name,
        retryOf: runId,
        graph: await this.#rest(tx, run),
      });
      await this.#record(tx, run, 'run.retry', actor);
      await this.#progress.tell(tx, { id: again }, { state: 'waiting', retryOf: runId });
      await this.#progress.advance(tx, again);
      return again;
    });
  }

  /** The part of the run's graph that did not succeed. */
  async #rest(tx: Tx, run: RunFacts): Promise<Vertex[]> {
    const revision = await findRevision(tx, run.revisionId);
    if (!revision) return [];
    const barclamp = this.#proposals.barclamp(run.barclamp);
    const rendering = render(barclamp, revision, await this.#nodes.byIds(nodeIdsIn(revision.elements), tx));
    const open = await nodeRunsIn(tx, run.id, ['failed', 'blocked', 'cancelled']);
    return graphOf(barclamp, revision.elements, rendering).filter((vertex) =>
      open.some(
        ({ kind, role, nodeId }) => kind === vertex.kind && role === vertex.role && nodeId === vertex.nodeId,
      ),
    );
  }

  async #require(tx: Tx, runId: string): Promise<RunFacts> {
    const run = await findRun(tx, runId);
    if (run) return run;
    throw new ProblemError(404, 'run.not_found', `There is no run ${runId}.`);
  }

  async #record(tx: Tx, run: RunFacts, action: string, actor: Actor): Promise<void> {
    const { barclamp, proposal } = run;
    const subject = { subjectKind: 'run', subjectId: run.id };
    await this.#audit.record(tx, {
      actor,
      action,
      ...subject,
      outcome: 'done',
      detail: { barclamp, proposal },
    });
  }
}

async function refuseRetry(tx: Tx, run: RunFacts): Promise<void> {
  if (run.state !== 'failed' && run.state !== 'cancelled')
    throw new ProblemError(
      409,
      'run.not_failed',
      `Run ${run.id} is ${run.state}: there is nothing to try again.`,
    );
  const newest = await newestRunOf(tx, run.proposalId);
  if (newest === run.id) return;
  throw new ProblemError(409, 'run.superseded', `Run ${newest} of the same proposal came after this one.`, {
    remedy: 'Retry that one, or commit the proposal again.',
  });
}

function finished({ id, state }: RunFacts): ProblemError {
  return new ProblemError(409, 'run.finished', `Run ${id} has ended already: ${state}.`);
}
