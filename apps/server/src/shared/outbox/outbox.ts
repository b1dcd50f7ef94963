import { Injectable, Logger } from '@nestjs/common';
import { Database, type Tx } from '../database/database.ts';
import { OutboxQueue } from './outbox.queue.ts';
import { addEntry, type NewOutboxEntry } from './outbox.repository.ts';

/** Work that must happen because of a change, written with that change: no crash falls between the two. */
@Injectable()
export class Outbox {
  readonly #database: Database;
  readonly #queue: OutboxQueue;
  readonly #log = new Logger(Outbox.name);

  constructor(database: Database, queue: OutboxQueue) {
    this.#database = database;
    this.#queue = queue;
  }

  /** Answers the entry's id. When Redis is away, the worker's sweeper finds the entry later. */
  async add(tx: Tx, entry: NewOutboxEntry): Promise<string> {
    const row = await addEntry(tx, entry);
    this.#database.afterCommit(tx, () => {
      this.#queue.enqueue(row).catch((error: Error) => {
        this.#log.debug(`entry ${row.id} is left to the sweeper: ${error.message}`);
      });
    });
    return row.id;
  }
}
