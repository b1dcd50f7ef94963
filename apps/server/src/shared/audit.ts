import type { Prisma } from '@halligan/db';
import { Injectable } from '@nestjs/common';
import type { Actor } from './actor.ts';
import { Database, type Tx } from './database/database.ts';

export interface NewAuditEntry {
  actor: Actor | string;
  action: string;
  subjectKind: string;
  subjectId: string;
  outcome: 'done' | 'refused' | 'failed';
  /** Never a secret: it is shown as it is. */
  detail?: Record<string, unknown>;
  address?: string | null;
}

/** Who changed what, and every refusal worth knowing. */
@Injectable()
export class Audit {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes the entry in the transaction of the change it tells of. */
  async record(tx: Tx, entry: NewAuditEntry): Promise<void> {
    const { actor } = entry;
    await tx.auditEntry.create({
      data: {
        actor: typeof actor === 'string' ? actor : actor.name,
        action: entry.action,
        subjectKind: entry.subjectKind,
        subjectId: entry.subjectId,
        outcome: entry.outcome,
        address: entry.address ?? (typeof actor === 'string' ? null : actor.address),
        detail: (entry.detail ?? {}) as Prisma.InputJsonObject,
      },
    });
  }

  /** Writes an entry that belongs to no change, such as a refusal. */
  async note(entry: NewAuditEntry): Promise<void> {
    await this.record(this.#database.db, entry);
  }
}
