import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Audit } from '../shared/audit.ts';
import type { RequestWithActor } from '../shared/http/current-actor.ts';
import { LEAST_ROLE, type LeastRoleName, suffices } from '../shared/http/least-role.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { Credentials, type IdentifiedActor, requireCsrf } from './credentials.ts';
import { RateLimit } from './rate-limit.ts';

const BEFORE_PASSWORD_CHANGE = 'halligan:before-password-change';

/** Marks the few routes that a user may call who still has the one-time password. */
export const BeforePasswordChange = () => SetMetadata(BEFORE_PASSWORD_CHANGE, true);

/** Decides over every route: what is not allowed is refused, and what is not declared is not allowed. */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #credentials: Credentials;
  readonly #audit: Audit;
  /** A flood of refusals must not fill the disk. */
  readonly #noted = new RateLimit(20, 60_000);

  constructor(reflector: Reflector, credentials: Credentials, audit: Audit) {
    this.#reflector = reflector;
    this.#credentials = credentials;
    this.#audit = audit;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const least = this.#reflector.getAllAndOverride<LeastRoleName | undefined>(LEAST_ROLE, targets);
    if (least === 'public') return true;
    const request = context.switchToHttp().getRequest<RequestWithActor>();
    let actor: IdentifiedActor | null = null;
    try {
      actor = await this.#credentials.identify(request);
      if (actor !== null) requireCsrf(request, actor);
      const early = this.#reflector.getAllAndOverride<boolean | undefined>(BEFORE_PASSWORD_CHANGE, targets);
      decide(least, actor, early === true);
    } catch (error) {
      if (error instanceof ProblemError) await this.#note(request, actor, error);
      throw error;
    }
    if (actor !== null) request.actor = actor;
    return true;
  }

  async #note(request: Request, actor: IdentifiedActor | null, error: ProblemError): Promise<void> {
    // Nobody tried anything: a page was opened before signing in, or with the one-time password.
    if (['identity.credentials_required', 'identity.password_change_required'].includes(error.code)) return;
    const address = request.socket.remoteAddress ?? 'unknown';
    if (!this.#noted.take(address)) return;
    await this.#audit.note({
      actor: actor ?? 'anonymous',
      action: `${request.method} ${request.path}`,
      subjectKind: 'route',
      subjectId: request.path,
      outcome: 'refused',
      address,
      detail: { code: error.code },
    });
  }
}

function decide(least: LeastRoleName | undefined, actor: IdentifiedActor | null, early: boolean): void {
  if (actor === null)
    throw new ProblemError(401, 'identity.credentials_required', 'This needs a session or an API token.', {
      remedy: 'Sign in first.',
    });
  if (least === undefined)
    throw new ProblemError(
      403,
      'identity.undeclared_route',
      'This route declares no role, so nobody may call it.',
    );
  if (actor.mustChangePassword && !early)
    throw new ProblemError(
      403,
      'identity.password_change_required',
      'The one-time password must be changed first.',
      {
        remedy: 'Change it: POST /session/password, the dashboard, or halligan password.',
      },
    );
  if (!suffices(actor.role, least))
    throw new ProblemError(
      403,
      'identity.role_too_weak',
      `This needs the role ${least}; ${actor.name} is ${actor.role}.`,
      {
        remedy: 'Ask an administrator for the role, or use other credentials.',
      },
    );
}
