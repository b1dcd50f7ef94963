import type { AuditEntry } from '@halligan/db';
import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';

@Injectable()
export class AuditRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first, older than `before` when it is given. */
  page(before: number | null, limit: number): Promise<AuditEntry[]> {
    return this.#database.db.auditEntry.findMany({
      where: before === null ? {} : { id: { lt: before } },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }
}
