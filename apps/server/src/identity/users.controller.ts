import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../shared/actor.ts';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { NewUser, UserChange, UserView } from './identity.dto.ts';
import { UsersService } from './users.service.ts';

@ApiTags('identity')
@Controller('users')
@LeastRole('admin')
export class UsersController {
  readonly #users: UsersService;

  constructor(users: UsersService) {
    this.#users = users;
  }

  @Get()
  @Answers(200, z.array(UserView))
  list(): Promise<z.infer<typeof UserView>[]> {
    return this.#users.list();
  }

  /** The new user has to change the password at the first sign-in. */
  @Post()
  @Answers(201, UserView)
  create(
    @CurrentActor() actor: Actor,
    @Body({ schema: NewUser }) body: z.infer<typeof NewUser>,
  ): Promise<z.infer<typeof UserView>> {
    return this.#users.create(actor, body);
  }

  /** Disabling a user, or giving a new password, ends all the user's sessions. */
  @Patch(':id')
  @Answers(200, UserView)
  change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: UserChange }) body: z.infer<typeof UserChange>,
  ): Promise<z.infer<typeof UserView>> {
    return this.#users.change(actor, id, body);
  }

  @Delete(':id')
  @Answers(204)
  remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.#users.remove(actor, id);
  }
}
