import { Body, Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { BeforePasswordChange } from './access.guard.ts';
import { type IdentifiedActor, SESSION_COOKIE } from './credentials.ts';
import { PasswordChange, SessionView, SignIn } from './identity.dto.ts';
import { SignInService } from './sign-in.service.ts';
import { UsersService } from './users.service.ts';
import { userView } from './views.ts';

const COOKIE = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' } as const;

@ApiTags('identity')
@Controller('session')
export class SessionController {
  readonly #signIn: SignInService;
  readonly #users: UsersService;

  constructor(signIn: SignInService, users: UsersService) {
    this.#signIn = signIn;
    this.#users = users;
  }

  /** Signs in: sets the session cookie and answers the CSRF token that goes with it. */
  @Post()
  @LeastRole('public')
  @Answers(200, SessionView)
  async create(
    @Body({ schema: SignIn }) body: z.infer<typeof SignIn>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof SessionView>> {
    const session = await this.#signIn.signIn(body.username, body.password, {
      address: request.socket.remoteAddress ?? 'unknown',
      userAgent: request.headers['user-agent'] ?? '',
    });
    response.cookie(SESSION_COOKIE, session.secret, COOKIE);
    return {
      user: userView(session.user),
      csrfToken: session.csrfToken,
      expiresAt: session.expiresAt.toISOString(),
    };
  }

  /** Who am I? */
  @Get()
  @LeastRole('viewer')
  @BeforePasswordChange()
  @Answers(200, SessionView)
  async show(@CurrentActor() actor: IdentifiedActor): Promise<z.infer<typeof SessionView>> {
    const user = await this.#users.get(actor.userId);
    return { user, csrfToken: actor.csrfToken, expiresAt: actor.expiresAt?.toISOString() ?? null };
  }

  /** Signs out. */
  @Delete()
  @LeastRole('viewer')
  @BeforePasswordChange()
  @Answers(204)
  async remove(
    @CurrentActor() actor: IdentifiedActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.#users.endSession(actor);
    response.clearCookie(SESSION_COOKIE, COOKIE);
  }

  /** Changes one's own password and ends one's other sessions. */
  @Post('password')
  @LeastRole('viewer')
  @BeforePasswordChange()
  @Answers(204)
  async changePassword(
    @CurrentActor() actor: IdentifiedActor,
    @Body({ schema: PasswordChange }) body: z.infer<typeof PasswordChange>,
  ): Promise<void> {
    await this.#users.changeOwnPassword(actor, body.currentPassword, body.newPassword);
  }
}
