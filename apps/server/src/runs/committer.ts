import { Injectable } from '@nestjs/common';
import { type NodeFacts, NodeReader } from '../nodes/node-reader.ts';
import type { Commit } from '../proposals/proposal.dto.ts';
import type { ProposalFacts, RevisionFacts } from '../proposals/proposal-facts.ts';
import { nodeIdsIn } from '../proposals/proposal-view.ts';
import { freezeRevision } from '../proposals/proposals.repository.ts';
import { type ProposalKey, Proposals } from '../proposals/proposals.ts';
import type { Actor } from '../shared/actor.ts';
import { Audit } from '../shared/audit.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { lastFinished } from './node-runs.repository.ts';
import { planBasis } from './plan-basis.ts';
import { type PlanBasis, staleness } from './plan-hash.ts';
import { type Rendering, render } from './rendering.ts';
import { graphOf, type Vertex } from './run-graph.ts';
import { RunProgress } from './run-progress.ts';
import { createRun, unfinishedRunOf } from './runs.repository.ts';

/** What a revision would come to now. */
export interface Draft {
  readonly revision: RevisionFacts;
  readonly nodes: readonly NodeFacts[];
  readonly rendering: Rendering;
  readonly graph: readonly Vertex[];
  readonly basis: PlanBasis;
}

/** Commits proposals: freezes the draft and writes the run with its whole graph, in one transaction. */
@Injectable()
export class Committer {
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

  /** Answers the id of the run. A revision that was committed before may be committed again. */
  commit(key: ProposalKey, { planHash }: Commit, actor: Actor): Promise<string> {
    return this.#database.transaction(async (tx) => {
      const facts = await this.#proposals.facts(key, tx);
      await this.refuseUnfit(facts, tx);
      const unfinished = await unfinishedRunOf(tx, facts.newest.id);
      if (unfinished !== null) throw inProgress(unfinished);
      const draft = await this.draft(facts, tx);
      if (planHash !== undefined) refuseStale(planHash, draft.basis);
      if (!facts.newest.frozen && !(await freezeRevision(tx, facts.newest))) throw inProgress('');
      const runId = await createRun(tx, {
        proposalId: facts.id,
        revisionId: facts.newest.id,
        createdBy: actor.name,
        planHash,
        graph: draft.graph,
      });
      await this.#tell(tx, facts, runId, actor);
      await this.#progress.advance(tx, runId);
      return runId;
    });
  }

  /** Throws proposal.not_committable with all that is missing. */
  async refuseUnfit(facts: ProposalFacts, tx?: Tx): Promise<void> {
    const issues = await this.#proposals.issues(facts, tx);
    if (issues.length === 0) return;
    const { barclamp, name } = facts;
    throw new ProblemError(
      422,
      'proposal.not_committable',
      `Proposal ${barclamp}/${name} cannot be committed yet.`,
      {
        remedy: 'Mend what `issues` lists, save, and try again.',
        issues,
      },
    );
  }

  /** What the newest revision would come to now. */
  async draft({ barclamp: name, newest }: ProposalFacts, tx: Tx): Promise<Draft> {
    const barclamp = this.#proposals.barclamp(name);
    const ids = nodeIdsIn(newest.elements);
    const nodes = await this.#nodes.byIds(ids, tx);
    const rendering = render(barclamp, newest, nodes);
    const graph = graphOf(barclamp, newest.elements, rendering);
    const basis = planBasis(newest, graph, rendering, nodes, await lastFinished(tx, ids));
    return { revision: newest, nodes, rendering, graph, basis };
  }

  async #tell(
    tx: Tx,
    { id, barclamp, name, newest }: ProposalFacts,
    runId: string,
    actor: Actor,
  ): Promise<void> {
    await this.#audit.record(tx, {
      actor,
      action: 'proposal.commit',
      subjectKind: 'proposal',
      subjectId: id,
      outcome: 'done',
      detail: { barclamp, name, revision: newest.number, runId },
    });
    await this.#progress.tell(tx, { id: runId }, { state: 'waiting', reason: '', barclamp, proposal: name });
  }
}

function refuseStale(planHash: string, basis: PlanBasis): void {
  const changes = staleness(planHash, basis);
  if (changes.length === 0) return;
  throw new ProblemError(409, 'proposal.plan_stale', `The plan no longer holds: ${changes.join('; ')}.`, {
    remedy: 'Plan again, look at what would change now, and commit that plan.',
  });
}

function inProgress(runId: string): ProblemError {
  return new ProblemError(
    409,
    'proposal.run_in_progress',
    `This revision is being applied already by run ${runId}.`,
    {
      remedy: `Follow it: halligan run show ${runId} --follow; or cancel it first.`,
    },
  );
}
