import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import type { IdentifiedActor } from './credentials.ts';
import { CreatedToken, NewToken, TokenView } from './identity.dto.ts';
import { TokensService } from './tokens.service.ts';

@ApiTags('identity')
@Controller('tokens')
@LeastRole('viewer')
export class TokensController {
  readonly #tokens: TokensService;

  constructor(tokens: TokensService) {
    this.#tokens = tokens;
  }

  @Get()
  @Answers(200, z.array(TokenView))
  list(@CurrentActor() actor: IdentifiedActor): Promise<z.infer<typeof TokenView>[]> {
    return this.#tokens.list(actor);
  }

  /** The token itself is in this answer only. */
  @Post()
  @Answers(201, CreatedToken)
  create(
    @CurrentActor() actor: IdentifiedActor,
    @Body({ schema: NewToken }) body: z.infer<typeof NewToken>,
  ): Promise<z.infer<typeof CreatedToken>> {
    return this.#tokens.create(actor, body);
  }

  @Delete(':id')
  @Answers(204)
  remove(@CurrentActor() actor: IdentifiedActor, @Param('id') id: string): Promise<void> {
    return this.#tokens.remove(actor, id);
  }
}
