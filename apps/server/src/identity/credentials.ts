import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../shared/actor.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { Role } from '../shared/role.dto.ts';
import { IdentityRepository, type SessionWithUser, type TokenWithUser } from './identity.repository.ts';
import { hashSecret, isToken, sameSecret } from './secrets.ts';

export const SESSION_COOKIE = 'halligan_session';
export const CSRF_HEADER = 'x-halligan-csrf';
export const SESSION_IDLE_MS = 12 * 3600 * 1000;
const SESSION_MOST_MS = 7 * 24 * 3600 * 1000;
/** Writing down each use would make a write of every read. */
const TOUCH_MS = 60_000;

/** A caller who has proved who it is. */
export interface IdentifiedActor extends Actor {
  userId: string;
  sessionId: string | null;
  csrfToken: string | null;
  expiresAt: Date | null;
  mustChangePassword: boolean;
}

/** Finds out who calls, from the session cookie or the bearer token. */
@Injectable()
export class Credentials {
  readonly #identity: IdentityRepository;

  constructor(identity: IdentityRepository) {
    this.#identity = identity;
  }

  /** Null when the request carries no credentials; throws 401 when it carries bad ones. */
  async identify(request: Request): Promise<IdentifiedActor | null> {
    const address = request.socket.remoteAddress ?? null;
    const { authorization } = request.headers;
    if (authorization !== undefined)
      return this.#byToken(/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '', address);
    const cookies = request.cookies as Record<string, unknown> | undefined;
    const cookie = cookies?.[SESSION_COOKIE];
    if (typeof cookie !== 'string') return null;
    return this.#bySession(cookie, address);
  }

  async #byToken(secret: string, address: string | null): Promise<IdentifiedActor> {
    const token = isToken(secret) ? await this.#identity.tokenByHash(hashSecret(secret)) : null;
    const now = new Date();
    if (token === null || token.user.disabled || (token.expiresAt !== null && token.expiresAt < now))
      throw new ProblemError(401, 'identity.bad_token', 'The API token is unknown, expired or revoked.', {
        remedy: 'Sign in again (halligan login), or make a new token.',
      });
    if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) > TOUCH_MS)
      await this.#identity.touchToken(token.id, now);
    return tokenActor(token, address);
  }

  async #bySession(secret: string, address: string | null): Promise<IdentifiedActor> {
    const session = await this.#identity.sessionByHash(hashSecret(secret));
    const now = new Date();
    if (session === null || session.user.disabled || session.expiresAt < now)
      throw new ProblemError(401, 'identity.bad_session', 'The session is unknown or has ended.', {
        remedy: 'Sign in again.',
      });
    if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) {
      const most = session.createdAt.getTime() + SESSION_MOST_MS;
      await this.#identity.touchSession(
        session.id,
        now,
        new Date(Math.min(now.getTime() + SESSION_IDLE_MS, most)),
      );
    }
    return sessionActor(session, address);
  }
}

function sessionActor(session: SessionWithUser, address: string | null): IdentifiedActor {
  return {
    name: session.user.username,
    role: Role.parse(session.user.role),
    kind: 'user',
    address,
    userId: session.userId,
    sessionId: session.id,
    csrfToken: session.csrfToken,
    expiresAt: session.expiresAt,
    mustChangePassword: session.user.mustChangePassword,
  };
}

/** A token never has more rights than its owner has now. */
function tokenActor(token: TokenWithUser, address: string | null): IdentifiedActor {
  const ranks = Role.options;
  const rank = Math.min(ranks.indexOf(Role.parse(token.role)), ranks.indexOf(Role.parse(token.user.role)));
  return {
    name: `token:${token.user.username}/${token.name}`,
    role: ranks[rank] ?? 'viewer',
    kind: 'token',
    address,
    userId: token.userId,
    sessionId: null,
    csrfToken: null,
    expiresAt: token.expiresAt,
    mustChangePassword: token.user.mustChangePassword,
  };
}

/** A browser sends the cookie whoever asks it to; only our own pages know the token that must come with a change. */
export function requireCsrf(request: Request, actor: IdentifiedActor): void {
  if (actor.csrfToken === null || request.method === 'GET' || request.method === 'HEAD') return;
  const given = request.headers[CSRF_HEADER];
  if (typeof given === 'string' && sameSecret(given, actor.csrfToken)) return;
  throw new ProblemError(
    403,
    'identity.csrf',
    'A change made with the session cookie must carry its CSRF token.',
    {
      remedy: 'Send the header X-Halligan-Csrf with the csrfToken of GET /session.',
    },
  );
}
