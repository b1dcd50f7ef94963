import { once } from 'node:events';
import type { OutboxEntry } from '@halligan/db';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { RedisLink } from '../redis.ts';

export const QUEUE_PREFIX = 'halligan';
const ATTEMPTS = 6;

/** The BullMQ side of the outbox: one job per entry, its id the entry's, its data nothing but that id. */
@Injectable()
export class OutboxQueue implements OnApplicationShutdown {
  readonly #redis: RedisLink;
  readonly #log = new Logger(OutboxQueue.name);
  readonly #queues = new Map<string, Queue>();
  #connection: Redis | null = null;
  /** The first attempt to connect, whichever way it went. */
  #settled: Promise<unknown> | null = null;

  constructor(redis: RedisLink) {
    this.#redis = redis;
  }

  /** Has the entry processed when its time comes; nothing happens when its job is there already. */
  async enqueue(entry: OutboxEntry): Promise<void> {
    const options: JobsOptions = {
      jobId: entry.id,
      delay: Math.max(0, entry.availableAt.getTime() - Date.now()),
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 500 },
      removeOnComplete: true,
      removeOnFail: true,
    };
    await this.#using(entry.queue, (queue) => queue.add(entry.name, { entryId: entry.id }, options));
  }

  /** The ids of these entries that have no job: Redis was lost, or was away when they were written. */
  async missing(entries: OutboxEntry[]): Promise<OutboxEntry[]> {
    const known = await Promise.all(
      entries.map((entry) =>
        this.#using(entry.queue, async (queue) => (await queue.getJob(entry.id)) !== undefined),
      ),
    );
    return entries.filter((_, index) => !known[index]);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  /** A queue that could not begin stays broken, so one whose use fails is thrown away. */
  async #using<T>(name: string, work: (queue: Queue) => Promise<T>): Promise<T> {
    const connection = await this.#connected();
    const queue = this.#queues.get(name) ?? newQueue(name, connection);
    this.#queues.set(name, queue);
    try {
      return await work(queue);
    } catch (error) {
      if (this.#queues.get(name) === queue) {
        this.#queues.delete(name);
        void queue.close().catch((problem: Error) => this.#log.debug(`queue ${name}: ${problem.message}`));
      }
      throw error;
    }
  }

  /** Throws at once when Redis is away: whoever comes here has something better to do than to wait. */
  async #connected(): Promise<Redis> {
    this.#connection ??= this.#redis.connect({ maxRetriesPerRequest: 1 });
    const connection = this.#connection;
    this.#settled ??= Promise.race([once(connection, 'ready'), once(connection, 'close')]);
    await this.#settled;
    if (connection.status !== 'ready') throw new Error(`Redis is away (${connection.status}).`);
    return connection;
  }
}

function newQueue(name: string, connection: Redis): Queue {
  const queue = new Queue(name, { connection, prefix: QUEUE_PREFIX });
  queue.on('error', () => {
    // RedisLink has logged it; without a listener it would end the process.
  });
  return queue;
}
