import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import type { LeaseFacts } from './network-facts.ts';
import { deleteLeases, saveLease } from './networks.repository.ts';

/** Copies what netboot's lease journal holds into the database, for people to see. The journal stays the truth. */
@Injectable()
export class LeaseMirror {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async upsert(leases: readonly LeaseFacts[]): Promise<void> {
    if (leases.length === 0) return;
    await this.#database.transaction(async (tx) => {
      for (const lease of leases) await saveLease(tx, lease);
    });
  }

  async remove(macs: readonly string[]): Promise<void> {
    if (macs.length > 0) await deleteLeases(this.#database.db, macs);
  }
}
