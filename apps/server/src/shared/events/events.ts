import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/database.ts';
import { RedisLink } from '../redis.ts';
import type { NewEvent } from './event.repository.ts';

export const EVENTS_CHANNEL = 'halligan:events';

/** Writes news into the transaction it tells of, and wakes the readers when that transaction stands. */
@Injectable()
export class Events {
  readonly #database: Database;
  readonly #redis: RedisLink;

  constructor(database: Database, redis: RedisLink) {
    this.#database = database;
    this.#redis = redis;
  }

  async record(tx: Tx, event: NewEvent): Promise<void> {
    this.#database.addEvent(tx, event);
    this.#database.afterCommit(tx, () => this.#redis.nudge(EVENTS_CHANNEL));
  }
}
