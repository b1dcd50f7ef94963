import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Audit } from '../shared/audit.ts';
import { Database } from '../shared/database/database.ts';
import { suffices } from '../shared/http/least-role.ts';
import { ProblemError } from '../shared/problem.error.ts';
import type { IdentifiedActor } from './credentials.ts';
import type { CreatedToken, NewToken, TokenView } from './identity.dto.ts';
import { IdentityRepository } from './identity.repository.ts';
import { newToken } from './secrets.ts';
import { tokenView } from './views.ts';

const DAY_MS = 24 * 3600 * 1000;

/** One's own API tokens, for the command line and for scripts. */
@Injectable()
export class TokensService {
  readonly #identity: IdentityRepository;
  readonly #database: Database;
  readonly #audit: Audit;

  constructor(identity: IdentityRepository, database: Database, audit: Audit) {
    this.#identity = identity;
    this.#database = database;
    this.#audit = audit;
  }

  async list(actor: IdentifiedActor): Promise<z.infer<typeof TokenView>[]> {
    return (await this.#identity.tokensOf(actor.userId)).map(tokenView);
  }

  async create(
    actor: IdentifiedActor,
    input: z.infer<typeof NewToken>,
  ): Promise<z.infer<typeof CreatedToken>> {
    const role = input.role ?? actor.role;
    if (!suffices(actor.role, role))
      throw new ProblemError(403, 'identity.role_too_weak', `role: ${actor.role} cannot give ${role} away.`, {
        remedy: `Ask for ${actor.role} or less.`,
      });
    const { token, prefix, secretHash } = newToken();
    const expiresAt =
      input.expiresInDays === undefined ? null : new Date(Date.now() + input.expiresInDays * DAY_MS);
    return this.#database.transaction(async (tx) => {
      const row = await this.#identity.createToken(tx, {
        name: input.name,
        prefix,
        secretHash,
        role,
        userId: actor.userId,
        expiresAt,
      });
      await this.#audit.record(tx, {
        actor,
        action: 'token.create',
        subjectKind: 'token',
        subjectId: row.id,
        outcome: 'done',
        detail: { name: input.name, role },
      });
      return { ...tokenView(row), token };
    });
  }

  async remove(actor: IdentifiedActor, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const token = await this.#identity.tokenById(tx, id);
      if (token === null || (token.userId !== actor.userId && actor.role !== 'admin'))
        throw new ProblemError(404, 'token.not_found', `You have no token ${id}.`, {
          remedy: 'See GET /tokens.',
        });
      await this.#identity.deleteToken(tx, id);
      await this.#audit.record(tx, {
        actor,
        action: 'token.delete',
        subjectKind: 'token',
        subjectId: id,
        outcome: 'done',
        detail: { name: token.name, owner: token.user.username },
      });
    });
  }
}
