import { createDatabase, type Db, inTransaction, type Tx } from '@halligan/db';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { type NewEvent, writeEvents } from '../events/event.repository.ts';

export type { Db, Tx };

/** What a transaction has gathered besides its own writes. */
interface Unit {
  events: NewEvent[];
  afterCommit: (() => void)[];
}

/** The database of this process, and the one way to change several things in it at once. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly db: Db;
  readonly #config: ServerConfig;
  readonly #units = new WeakMap<Tx, Unit>();

  constructor(config: ServerConfig) {
    this.#config = config;
    this.db = createDatabase({ url: config.databaseUrl });
  }

  /**
   * Runs `work` as one transaction, alone in the database. It may run more than once (PostgreSQL), so it must have no
   * effect outside `tx`; what has to follow a success goes through `afterCommit`.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let unit: Unit = { events: [], afterCommit: [] };
    const result = await inTransaction(this.db, this.#config.databaseProvider, async (tx) => {
      unit = { events: [], afterCommit: [] };
      this.#units.set(tx, unit);
      const value = await work(tx);
      await writeEvents(tx, this.#config.databaseProvider, unit.events);
      return value;
    });
    for (const follow of unit.afterCommit) follow();
    return result;
  }

  /** Has `follow` called once the transaction of `tx` stands; never when it is rolled back. */
  afterCommit(tx: Tx, follow: () => void): void {
    this.#unitOf(tx).afterCommit.push(follow);
  }

  /** Has the event written as the last thing of the transaction, so that ids are in the order of the commits. */
  addEvent(tx: Tx, event: NewEvent): void {
    this.#unitOf(tx).events.push(event);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.db.$disconnect();
  }

  #unitOf(tx: Tx): Unit {
    const unit = this.#units.get(tx);
    if (unit === undefined) throw new Error('This transaction was not begun by Database.transaction().');
    return unit;
  }
}
