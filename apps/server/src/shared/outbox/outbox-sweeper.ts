import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.ts';
import { deleteEventsBefore } from '../events/event.repository.ts';
import { OutboxQueue } from './outbox.queue.ts';
import { deleteDoneBefore, pendingEntries } from './outbox.repository.ts';

const SWEEP_MS = 2_000;
const BATCH = 200;
const KEEP_MS = 7 * 24 * 3600 * 1000;
const PURGE_EVERY = 1800;

/** Gives every pending entry its job again, whatever happened to Redis, and forgets what is long done. */
@Injectable()
export class OutboxSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #database: Database;
  readonly #queue: OutboxQueue;
  readonly #log = new Logger(OutboxSweeper.name);
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #sweeps = 0;

  constructor(database: Database, queue: OutboxQueue) {
    this.#database = database;
    this.#queue = queue;
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.#begin(), SWEEP_MS);
    this.#begin();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  #begin(): void {
    this.#running ??= this.#sweep()
      .catch((error: Error) => this.#log.debug(`sweep failed, the next one follows: ${error.message}`))
      .finally(() => {
        this.#running = null;
      });
  }

  async #sweep(): Promise<void> {
    let after = '';
    for (;;) {
      const entries = await pendingEntries(this.#database.db, after, BATCH);
      for (const entry of await this.#queue.missing(entries)) await this.#queue.enqueue(entry);
      const last = entries.at(-1);
      if (last === undefined || entries.length < BATCH) break;
      after = last.id;
    }
    this.#sweeps += 1;
    if (this.#sweeps % PURGE_EVERY === 1) await this.#purge();
  }

  async #purge(): Promise<void> {
    const before = new Date(Date.now() - KEEP_MS);
    await deleteDoneBefore(this.#database.db, before);
    await deleteEventsBefore(this.#database.db, before);
  }
}
