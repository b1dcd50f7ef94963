import type { User } from '@halligan/db';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../shared/actor.ts';
import { Audit } from '../shared/audit.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { isUniqueViolation } from '../shared/database/errors.ts';
import { ProblemError } from '../shared/problem.error.ts';
import type { IdentifiedActor } from './credentials.ts';
import type { NewUser, UserChange, UserView } from './identity.dto.ts';
import { IdentityRepository } from './identity.repository.ts';
import { RateLimit } from './rate-limit.ts';
import { hashPassword, verifyPassword } from './secrets.ts';
import { userView } from './views.ts';

/** People who may sign in, and what they may do to themselves and to others. */
@Injectable()
export class UsersService {
  readonly #identity: IdentityRepository;
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #passwordTries = new RateLimit(10, 60_000);

  constructor(identity: IdentityRepository, database: Database, audit: Audit) {
    this.#identity = identity;
    this.#database = database;
    this.#audit = audit;
  }

  async list(): Promise<z.infer<typeof UserView>[]> {
    return (await this.#identity.users()).map(userView);
  }

  async get(id: string): Promise<z.infer<typeof UserView>> {
    return userView(found(await this.#identity.userById(id), id));
  }

  async create(actor: Actor, input: z.infer<typeof NewUser>): Promise<z.infer<typeof UserView>> {
    const passwordHash = await hashPassword(input.password);
    const data = { username: input.username, passwordHash, role: input.role, mustChangePassword: true };
    try {
      return await this.#database.transaction(async (tx) => {
        const user = await this.#identity.createUser(tx, data);
        await this.#record(tx, actor, 'user.create', user, { role: user.role });
        return userView(user);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new ProblemError(409, 'user.exists', `There is a user ${input.username} already.`, {
        remedy: 'Choose another name, or change that user.',
      });
    }
  }

  async change(
    actor: Actor,
    id: string,
    input: z.infer<typeof UserChange>,
  ): Promise<z.infer<typeof UserView>> {
    const { password, role, disabled } = input;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.#database.transaction(async (tx) => {
      const before = found(await this.#identity.userById(id, tx), id);
      const weaker = (role !== undefined && role !== 'admin') || disabled === true;
      if (before.role === 'admin' && weaker) await this.#requireAnotherAdmin(tx, id);
      const user = await this.#identity.changeUser(tx, id, {
        ...(role === undefined ? {} : { role }),
        ...(disabled === undefined ? {} : { disabled }),
        ...(passwordHash === undefined
          ? {}
          : { passwordHash, mustChangePassword: true, failedSignIns: 0, lockedUntil: null }),
      });
      if (disabled === true || passwordHash !== undefined)
        await this.#identity.deleteSessionsOf(tx, id, null);
      await this.#record(tx, actor, 'user.change', user, {
        role,
        disabled,
        password: password !== undefined,
      });
      return userView(user);
    });
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const user = found(await this.#identity.userById(id, tx), id);
      if (user.role === 'admin') await this.#requireAnotherAdmin(tx, id);
      await this.#identity.deleteUser(tx, id);
      await this.#record(tx, actor, 'user.delete', user, {});
    });
  }

  async endSession(actor: IdentifiedActor): Promise<void> {
    const { sessionId } = actor;
    if (sessionId === null) return;
    await this.#database.transaction(async (tx) => {
      await this.#identity.deleteSession(tx, sessionId);
      await this.#audit.record(tx, {
        actor,
        action: 'session.delete',
        subjectKind: 'user',
        subjectId: actor.userId,
        outcome: 'done',
      });
    });
  }

  async changeOwnPassword(actor: IdentifiedActor, current: string, next: string): Promise<void> {
    if (!this.#passwordTries.take(actor.userId))
      throw new ProblemError(429, 'identity.too_many_attempts', 'Too many attempts to change the password.', {
        retryAfter: this.#passwordTries.secondsLeft(actor.userId),
      });
    const user = found(await this.#identity.userById(actor.userId), actor.userId);
    if (!(await verifyPassword(user.passwordHash, current))) {
      await this.#audit.note({ ...about(user), actor, action: 'user.password', outcome: 'refused' });
      throw new ProblemError(
        422,
        'identity.wrong_password',
        'currentPassword: it is not the present password.',
        {
          remedy: 'Give the password you signed in with.',
        },
      );
    }
    if (current === next)
      throw new ProblemError(422, 'identity.same_password', 'newPassword: it is the present one.', {
        remedy: 'Choose another password.',
      });
    const passwordHash = await hashPassword(next);
    await this.#database.transaction(async (tx) => {
      await this.#identity.changeUser(tx, user.id, { passwordHash, mustChangePassword: false });
      await this.#identity.deleteSessionsOf(tx, user.id, actor.sessionId);
      await this.#record(tx, actor, 'user.password', user, {});
    });
  }

  async #requireAnotherAdmin(tx: Tx, id: string): Promise<void> {
    if ((await this.#identity.otherActiveAdmins(tx, id)) > 0) return;
    throw new ProblemError(409, 'user.last_admin', 'This is the last administrator who may sign in.', {
      remedy: 'Make another user an administrator first.',
    });
  }

  #record(tx: Tx, actor: Actor, action: string, user: User, detail: Record<string, unknown>): Promise<void> {
    return this.#audit.record(tx, {
      ...about(user),
      actor,
      action,
      outcome: 'done',
      detail: withoutGaps(detail),
    });
  }
}

function about(user: User) {
  return { subjectKind: 'user', subjectId: user.username };
}

function withoutGaps(detail: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined));
}

function found(user: User | null, id: string): User {
  if (user !== null) return user;
  throw new ProblemError(404, 'user.not_found', `There is no user ${id}.`, { remedy: 'See GET /users.' });
}
