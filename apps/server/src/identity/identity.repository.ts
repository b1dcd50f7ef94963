import type { ApiToken, Session, User } from '@halligan/db';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../shared/database/database.ts';

export type SessionWithUser = Session & { user: User };
export type TokenWithUser = ApiToken & { user: User };

@Injectable()
export class IdentityRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  userByName(username: string): Promise<User | null> {
    return this.#database.db.user.findUnique({ where: { username } });
  }

  userById(id: string, tx: Tx = this.#database.db): Promise<User | null> {
    return tx.user.findUnique({ where: { id } });
  }

  users(): Promise<User[]> {
    return this.#database.db.user.findMany({ orderBy: { username: 'asc' } });
  }

  countUsers(tx: Tx): Promise<number> {
    return tx.user.count();
  }

  otherActiveAdmins(tx: Tx, id: string): Promise<number> {
    return tx.user.count({ where: { role: 'admin', disabled: false, id: { not: id } } });
  }

  createUser(
    tx: Tx,
    data: { username: string; passwordHash: string; role: string; mustChangePassword: boolean },
  ): Promise<User> {
    return tx.user.create({ data });
  }

  changeUser(tx: Tx, id: string, data: Partial<Omit<User, 'id'>>): Promise<User> {
    return tx.user.update({ where: { id }, data });
  }

  deleteUser(tx: Tx, id: string): Promise<User> {
    return tx.user.delete({ where: { id } });
  }

  sessionByHash(secretHash: string): Promise<SessionWithUser | null> {
    return this.#database.db.session.findUnique({ where: { secretHash }, include: { user: true } });
  }

  createSession(
    tx: Tx,
    data: Pick<Session, 'secretHash' | 'csrfToken' | 'userId' | 'address' | 'userAgent' | 'expiresAt'>,
  ): Promise<Session> {
    return tx.session.create({ data });
  }

  async touchSession(id: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
    await this.#database.db.session.updateMany({ where: { id }, data: { lastSeenAt, expiresAt } });
  }

  async deleteSession(tx: Tx, id: string): Promise<void> {
    await tx.session.deleteMany({ where: { id } });
  }

  /** Ends the user's sessions, but for one when it is named. */
  async deleteSessionsOf(tx: Tx, userId: string, except: string | null): Promise<void> {
    await tx.session.deleteMany({ where: { userId, ...(except === null ? {} : { id: { not: except } }) } });
  }

  async deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
    await tx.session.deleteMany({ where: { expiresAt: { lt: now } } });
  }

  tokenByHash(secretHash: string): Promise<TokenWithUser | null> {
    return this.#database.db.apiToken.findUnique({ where: { secretHash }, include: { user: true } });
  }

  tokenById(tx: Tx, id: string): Promise<TokenWithUser | null> {
    return tx.apiToken.findUnique({ where: { id }, include: { user: true } });
  }

  tokensOf(userId: string): Promise<TokenWithUser[]> {
    return this.#database.db.apiToken.findMany({
      where: { userId },
      include: { user: true },
      orderBy: { createdAt: 'asc' },
    });
  }

  createToken(
    tx: Tx,
    data: Pick<ApiToken, 'name' | 'prefix' | 'secretHash' | 'role' | 'userId' | 'expiresAt'>,
  ): Promise<TokenWithUser> {
    return tx.apiToken.create({ data, include: { user: true } });
  }

  async touchToken(id: string, lastUsedAt: Date): Promise<void> {
    await this.#database.db.apiToken.updateMany({ where: { id }, data: { lastUsedAt } });
  }

  async deleteToken(tx: Tx, id: string): Promise<void> {
    await tx.apiToken.delete({ where: { id } });
  }
}
