import { Injectable } from '@nestjs/common';
import type { PlanView } from '../proposals/proposal.dto.ts';
import { type ProposalKey, Proposals } from '../proposals/proposals.ts';
import type { Actor } from '../shared/actor.ts';
import { Database } from '../shared/database/database.ts';
import { EventFeed } from '../shared/events/event-feed.ts';
import { Outbox } from '../shared/outbox/outbox.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { Committer } from './committer.ts';
import { createPlan, findPlan } from './plans.repository.ts';
import { makePlan } from './run-jobs.ts';

const PATIENCE_MS = 90_000;
const LOOK_MS = 1_000;

/** Has a worker find out what a commit would change, for it is the workers that reach the nodes. */
@Injectable()
export class Planner {
  readonly #database: Database;
  readonly #proposals: Proposals;
  readonly #committer: Committer;
  readonly #outbox: Outbox;
  readonly #feed: EventFeed;

  constructor(
    database: Database,
    proposals: Proposals,
    committer: Committer,
    outbox: Outbox,
    feed: EventFeed,
  ) {
    this.#database = database;
    this.#proposals = proposals;
    this.#committer = committer;
    this.#outbox = outbox;
    this.#feed = feed;
  }

  /** Throws plan.no_worker when none has answered in time. */
  async plan(key: ProposalKey, actor: Actor): Promise<PlanView> {
    let position = await this.#feed.position();
    const planId = await this.#database.transaction(async (tx) => {
      const facts = await this.#proposals.facts(key, tx);
      await this.#committer.refuseUnfit(facts, tx);
      const id = await createPlan(tx, facts.id, actor.name);
      await this.#outbox.add(tx, makePlan(id));
      return id;
    });
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      await this.#feed.waitAfter(position, LOOK_MS);
      position = await this.#feed.position();
      const view = (await findPlan(this.#database.db, planId))?.view;
      if (view) return view;
    }
    throw new ProblemError(503, 'plan.no_worker', 'No worker has run the checks in time.', {
      remedy: 'Look whether a worker runs (GET /system), and plan again.',
    });
  }
}
