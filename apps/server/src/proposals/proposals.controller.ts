import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../shared/actor.ts';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import {
  NewProposal,
  ProposalChange,
  ProposalContent,
  ProposalDetail,
  ProposalSummary,
  RevisionView,
  Validation,
} from './proposal.dto.ts';
import { ProposalEditor } from './proposal-editor.ts';
import { Proposals } from './proposals.ts';

const Text = z.string();

@Controller('proposals')
export class ProposalsController {
  readonly #proposals: Proposals;
  readonly #editor: ProposalEditor;

  constructor(proposals: Proposals, editor: ProposalEditor) {
    this.#proposals = proposals;
    this.#editor = editor;
  }

  @Get()
  @LeastRole('viewer')
  @Answers(200, z.array(ProposalSummary), 'All proposals')
  list(): Promise<ProposalSummary[]> {
    return this.#proposals.list();
  }

  @Post()
  @LeastRole('operator')
  @Answers(201, ProposalDetail, 'The new proposal')
  create(
    @Body({ schema: NewProposal }) input: NewProposal,
    @CurrentActor() actor: Actor,
  ): Promise<ProposalDetail> {
    return this.#editor.create(input, actor);
  }

  @Get(':barclamp/:name')
  @LeastRole('viewer')
  @Answers(200, ProposalDetail, 'The proposal, its draft and its applied revision')
  show(
    @Param('barclamp', { schema: Text }) barclamp: string,
    @Param('name', { schema: Text }) name: string,
  ): Promise<ProposalDetail> {
    return this.#proposals.detail({ barclamp, name });
  }

  @Put(':barclamp/:name')
  @LeastRole('operator')
  @Answers(200, ProposalDetail, 'The proposal as it now is')
  save(
    @Param('barclamp', { schema: Text }) barclamp: string,
    @Param('name', { schema: Text }) name: string,
    @Body({ schema: ProposalChange }) change: ProposalChange,
    @CurrentActor() actor: Actor,
  ): Promise<ProposalDetail> {
    return this.#editor.save({ barclamp, name }, change, actor);
  }

  @Delete(':barclamp/:name')
  @LeastRole('operator')
  @Answers(204)
  remove(
    @Param('barclamp', { schema: Text }) barclamp: string,
    @Param('name', { schema: Text }) name: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.#editor.remove({ barclamp, name }, actor);
  }

  @Post(':barclamp/:name/validate')
  @LeastRole('viewer')
  @Answers(200, Validation, 'All that is wrong with this content')
  async validate(
    @Param('barclamp', { schema: Text }) barclamp: string,
    @Param('name', { schema: Text }) _name: string,
    @Body({ schema: ProposalContent }) content: ProposalContent,
  ): Promise<Validation> {
    const { refused, open } = await this.#proposals.check(barclamp, content);
    return { issues: [...refused, ...open] };
  }

  @Get(':barclamp/:name/revisions')
  @LeastRole('viewer')
  @Answers(200, z.array(RevisionView), 'All revisions, newest first')
  revisions(
    @Param('barclamp', { schema: Text }) barclamp: string,
    @Param('name', { schema: Text }) name: string,
  ): Promise<RevisionView[]> {
    return this.#proposals.revisions({ barclamp, name });
  }
}
