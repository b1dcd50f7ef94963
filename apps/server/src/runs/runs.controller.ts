import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Committed } from '../proposals/proposal.dto.ts';
import type { Actor } from '../shared/actor.ts';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { RunDetail, RunQuery, RunSummary } from './run.dto.ts';
import { RunControl } from './run-control.ts';
import { RunViews } from './run-views.ts';

const Id = z.string();

@Controller('runs')
export class RunsController {
  readonly #views: RunViews;
  readonly #control: RunControl;

  constructor(views: RunViews, control: RunControl) {
    this.#views = views;
    this.#control = control;
  }

  @Get()
  @LeastRole('viewer')
  @Answers(200, z.array(RunSummary), 'Runs, newest first')
  list(@Query({ schema: RunQuery }) query: RunQuery): Promise<RunSummary[]> {
    return this.#views.list(query);
  }

  @Get(':id')
  @LeastRole('viewer')
  @Answers(200, RunDetail, 'The run, its parts on the nodes and their steps')
  show(@Param('id', { schema: Id }) id: string): Promise<RunDetail> {
    return this.#views.detail(id);
  }

  @Post(':id/cancel')
  @LeastRole('operator')
  @Answers(202, RunDetail, 'The run, which ends as soon as the steps at work are stopped')
  async cancel(@Param('id', { schema: Id }) id: string, @CurrentActor() actor: Actor): Promise<RunDetail> {
    await this.#control.cancel(id, actor);
    return this.#views.detail(id);
  }

  @Post(':id/retry')
  @LeastRole('operator')
  @Answers(202, Committed, 'The new run')
  async retry(@Param('id', { schema: Id }) id: string, @CurrentActor() actor: Actor): Promise<Committed> {
    return { runId: await this.#control.retry(id, actor) };
  }
}
