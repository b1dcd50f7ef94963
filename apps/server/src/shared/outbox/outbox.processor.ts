import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { Database } from '../database/database.ts';
import { RedisLink } from '../redis.ts';
import { QUEUE_PREFIX } from './outbox.queue.ts';
import { countAttempt, findEntry, markDone, markError } from './outbox.repository.ts';
import { OutboxHandlers, PermanentError } from './outbox-handlers.ts';

/** How long the job of a worker that died stays with it. The same in every worker, or the longest wins. */
const STALLED_MS = 5_000;
/** Handlers that heed their signal get this long to leave things in order. */
const GRACE_MS = 3_000;

/** Runs the entries of all queues that have handlers in this process: load, handle, mark done in the database. */
@Injectable()
export class OutboxProcessor implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #database: Database;
  readonly #redis: RedisLink;
  readonly #handlers: OutboxHandlers;
  readonly #log = new Logger(OutboxProcessor.name);
  readonly #stopping = new AbortController();
  readonly #workers = new Map<string, Worker>();

  constructor(database: Database, redis: RedisLink, handlers: OutboxHandlers) {
    this.#database = database;
    this.#redis = redis;
    this.#handlers = handlers;
  }

  onApplicationBootstrap(): void {
    this.#listen();
  }

  /** Takes up queues whose handlers were registered after the start. */
  listenAnew(): void {
    this.#listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    const closed = Promise.all([...this.#workers.values()].map((worker) => worker.close()));
    await Promise.race([closed, delay(GRACE_MS)]);
  }

  #listen(): void {
    for (const { queue, concurrency } of this.#handlers.queues()) {
      if (this.#workers.has(queue)) continue;
      const worker = new Worker<{ entryId: string }>(queue, (job) => this.#process(job), {
        connection: this.#redis.connect({ maxRetriesPerRequest: null }),
        prefix: QUEUE_PREFIX,
        concurrency,
        lockDuration: STALLED_MS * 2,
        stalledInterval: STALLED_MS,
        maxStalledCount: 1000,
      });
      worker.on('error', (error) => this.#log.debug(`queue ${queue}: ${error.message}`));
      this.#workers.set(queue, worker);
    }
  }

  async #process(job: Job<{ entryId: string }>): Promise<void> {
    for (let rounds = 0; rounds < 1000; rounds += 1) {
      const entry = await findEntry(this.#database.db, job.data.entryId);
      if (entry === null || entry.state !== 'pending') return;
      const handler = this.#handlers.handlerOf(entry.queue, entry.name);
      if (handler === undefined)
        throw new Error(`No handler for ${entry.queue}/${entry.name} in this version.`);
      const { attempts } = await countAttempt(this.#database.db, entry.id);
      try {
        await handler(entry.payload as Record<string, unknown>, {
          entryId: entry.id,
          attempt: attempts,
          signal: this.#stopping.signal,
        });
      } catch (error) {
        await this.#failed(job, error);
      }
      if (await markDone(this.#database.db, entry)) return;
    }
  }

  async #failed(job: Job<{ entryId: string }>, error: unknown): Promise<never> {
    const permanent = error instanceof PermanentError;
    const final = permanent || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    const message = error instanceof Error ? error.message : String(error);
    await markError(this.#database.db, job.data.entryId, message, final);
    this.#log[final ? 'error' : 'warn']({
      msg: final
        ? 'Work from the outbox failed for good'
        : 'Work from the outbox failed and will be tried again',
      queue: job.queueName,
      job: job.name,
      entry: job.data.entryId,
      error: error instanceof Error ? (error.stack ?? message) : message,
    });
    throw permanent ? new UnrecoverableError(message) : error;
  }
}
