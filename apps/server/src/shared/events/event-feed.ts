import type { Event } from '@halligan/db';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.ts';
import { RedisLink } from '../redis.ts';
import { eventsAfter, newestEventId } from './event.repository.ts';
import { EVENTS_CHANNEL } from './events.ts';

const POLL_MS = 1000;
const BATCH = 500;
const KEPT = 2000;

/**
 * All news of the installation in the order of their ids, in any process. A nudge over Redis makes it prompt; without
 * Redis it looks each second. It starts with its first reader.
 */
@Injectable()
export class EventFeed implements OnApplicationShutdown {
  readonly #database: Database;
  readonly #redis: RedisLink;
  readonly #log = new Logger(EventFeed.name);
  readonly #subscribers = new Set<(event: Event) => void>();
  #recent: Event[] = [];
  #last = 0;
  #started: Promise<void> | null = null;
  #reading: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;
  #waiters: (() => void)[] = [];

  constructor(database: Database, redis: RedisLink) {
    this.#database = database;
    this.#redis = redis;
  }

  /** Calls `listener` for each event from now on; the answer ends it. */
  async subscribe(listener: (event: Event) => void): Promise<() => void> {
    await this.start();
    this.#subscribers.add(listener);
    return () => this.#subscribers.delete(listener);
  }

  /** The id of the newest event this feed knows. */
  async position(): Promise<number> {
    await this.start();
    return this.#last;
  }

  /** Up to 500 events after an id: from memory when they are recent, from the database when not. */
  async after(id: number): Promise<Event[]> {
    await this.start();
    if (id >= this.#last) return [];
    const first = this.#recent[0];
    if (first !== undefined && first.id <= id + 1) return this.#recent.filter((event) => event.id > id);
    return eventsAfter(this.#database.db, id, BATCH);
  }

  /** Resolves when there is something after `id`, or after `limitMs`. */
  async waitAfter(id: number, limitMs: number): Promise<void> {
    if (this.#last > id) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#wake();
  }

  private start(): Promise<void> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async #begin(): Promise<void> {
    this.#last = await newestEventId(this.#database.db);
    this.#timer = setInterval(() => this.#look(), POLL_MS);
    this.#redis
      .onNudge(EVENTS_CHANNEL, () => this.#look())
      .catch((error: Error) => {
        this.#log.debug(`no nudges: ${error.message}`);
      });
  }

  /** One read at a time; a nudge during a read causes another one. */
  #look(): void {
    this.#again = true;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null;
    });
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        const events = await eventsAfter(this.#database.db, this.#last, BATCH);
        if (events.length > 0) this.#deliver(events);
        if (events.length === BATCH) this.#again = true;
      }
    } catch (error) {
      this.#log.warn({ msg: 'Reading events failed; the next look is in a second.', error: String(error) });
    }
  }

  #deliver(events: Event[]): void {
    this.#last = events.at(-1)?.id ?? this.#last;
    this.#recent = [...this.#recent, ...events].slice(-KEPT);
    for (const event of events) for (const subscriber of this.#subscribers) subscriber(event);
    this.#wake();
  }

  #wake(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}
