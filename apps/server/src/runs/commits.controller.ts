import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Commit, Committed, PlanView } from '../proposals/proposal.dto.ts';
import type { Actor } from '../shared/actor.ts';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { Committer } from './committer.ts';
import { Planner } from './planner.ts';

const Text = z.string();

/** What turns a proposal into a run. */
@Controller('proposals')
export class CommitsController {
  readonly #planner: Planner;
  readonly #committer: Committer;

  constructor(planner: Planner, committer: Committer) {
    this.#planner = planner;
    this.#committer = committer;
  }

  @Post(':barclamp/:name/plan')
  @LeastRole('operator')
  @Answers(200, PlanView, 'What a commit would change now')
  plan(
    @Param('barclamp', { schema: Text }) barclamp: string,
    @Param('name', { schema: Text }) name: string,
    @CurrentActor() actor: Actor,
  ): Promise<PlanView> {
    return this.#planner.plan({ barclamp, name }, actor);
  }

  @Post(':barclamp/:name/commit')
  @LeastRole('operator')
  @Answers(202, Committed, 'The run that applies it')
  async commit(
    @Param('barclamp', { schema: Text }) barclamp: string,
    @Param('name', { schema: Text }) name: string,
    @Body({ schema: Commit }) input: Commit,
    @CurrentActor() actor: Actor,
  ): Promise<Committed> {
    return { runId: await this.#committer.commit({ barclamp, name }, input, actor) };
  }
}
