import type { User } from '@halligan/db';
import { Injectable } from '@nestjs/common';
import { Audit } from '../shared/audit.ts';
import { Database } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { SESSION_IDLE_MS } from './credentials.ts';
import { IdentityRepository } from './identity.repository.ts';
import { RateLimit } from './rate-limit.ts';
import { hashSecret, newSecret, verifyNothing, verifyPassword } from './secrets.ts';

const FREE_FAILURES = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 15 * 60_000;

export interface Caller {
  address: string;
  userAgent: string;
}

export interface NewSession {
  secret: string;
  csrfToken: string;
  expiresAt: Date;
  user: User;
}

/** Turns a user name and a password into a session, slowly for whoever guesses. */
@Injectable()
export class SignInService {
  readonly #identity: IdentityRepository;
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #perAddress = new RateLimit(20, 60_000);
  /** Unknown names lock as known ones do, so that a lock tells nothing. */
  readonly #unknown = new RateLimit(FREE_FAILURES, FIRST_LOCK_MS);

  constructor(identity: IdentityRepository, database: Database, audit: Audit) {
    this.#identity = identity;
    this.#database = database;
    this.#audit = audit;
  }

  async signIn(username: string, password: string, caller: Caller): Promise<NewSession> {
    if (!this.#perAddress.take(caller.address)) throw tooMany(this.#perAddress.secondsLeft(caller.address));
    const user = await this.#identity.userByName(username);
    if (user === null) return this.#refuseUnknown(username, password, caller);
    if (user.lockedUntil !== null && user.lockedUntil > new Date()) {
      await this.#noteFailure(username, caller, 'identity.locked');
      throw tooMany(Math.ceil((user.lockedUntil.getTime() - Date.now()) / 1000));
    }
    if (!(await verifyPassword(user.passwordHash, password)) || user.disabled)
      return this.#refuse(user, caller);
    return this.#admit(user, caller);
  }

  async #admit(user: User, caller: Caller): Promise<NewSession> {
    const secret = newSecret();
    const csrfToken = newSecret();
    const expiresAt = new Date(Date.now() + SESSION_IDLE_MS);
    await this.#database.transaction(async (tx) => {
      await this.#identity.deleteExpiredSessions(tx, new Date());
      await this.#identity.changeUser(tx, user.id, { failedSignIns: 0, lockedUntil: null });
      await this.#identity.createSession(tx, {
        secretHash: hashSecret(secret),
        csrfToken,
        userId: user.id,
        address: caller.address,
        userAgent: caller.userAgent.slice(0, 200),
        expiresAt,
      });
      await this.#audit.record(tx, entry(user.username, caller, 'done', {}));
    });
    return { secret, csrfToken, expiresAt, user };
  }

  async #refuse(user: User, caller: Caller): Promise<never> {
    await this.#database.transaction(async (tx) => {
      const current = await this.#identity.userById(user.id, tx);
      const failures = (current?.failedSignIns ?? 0) + 1;
      const lockedUntil = failures < FREE_FAILURES ? null : new Date(Date.now() + lockMs(failures));
      await this.#identity.changeUser(tx, user.id, { failedSignIns: failures, lockedUntil });
      await this.#audit.record(tx, entry(user.username, caller, 'refused', { failures }));
    });
    throw badCredentials();
  }

  async #refuseUnknown(username: string, password: string, caller: Caller): Promise<never> {
    const allowed = this.#unknown.take(username);
    await verifyNothing(password);
    await this.#noteFailure(username, caller, allowed ? 'identity.bad_credentials' : 'identity.locked');
    throw allowed ? badCredentials() : tooMany(this.#unknown.secondsLeft(username));
  }

  #noteFailure(username: string, caller: Caller, code: string): Promise<void> {
    return this.#audit.note(entry(username, caller, 'refused', { code }));
  }
}

function lockMs(failures: number): number {
  return Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES), LONGEST_LOCK_MS);
}

function entry(
  username: string,
  caller: Caller,
  outcome: 'done' | 'refused',
  detail: Record<string, unknown>,
) {
  return {
    actor: username,
    action: 'session.create',
    subjectKind: 'user',
    subjectId: username,
    outcome,
    address: caller.address,
    detail,
  };
}

function badCredentials(): ProblemError {
  return new ProblemError(401, 'identity.bad_credentials', 'The user name or the password is wrong.', {
    remedy: 'Check both; after five failures the user is locked for a while.',
  });
}

function tooMany(seconds: number): ProblemError {
  return new ProblemError(429, 'identity.too_many_attempts', 'Too many attempts to sign in.', {
    remedy: `Wait ${seconds} s and try again.`,
    retryAfter: seconds,
  });
}
