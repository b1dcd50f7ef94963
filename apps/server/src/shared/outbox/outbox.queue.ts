import type { OutboxEntry } from '@halligan/db';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type JobsOptions, Queue } from 'bullmq';
import { RedisLink } from '../redis.ts';

export const QUEUE_PREFIX = 'halligan';
const ATTEMPTS = 6;

/** The BullMQ side of the outbox: one job per entry, its id the entry's, its data nothing but that id. */
@Injectable()
export class OutboxQueue implements OnApplicationShutdown {
  readonly #redis: RedisLink;
  readonly #queues = new Map<string, Queue>();

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
    await this.#queue(entry.queue).add(entry.name, { entryId: entry.id }, options);
  }

  /** The ids of these entries that have no job: Redis was lost, or was away when they were written. */
  async missing(entries: OutboxEntry[]): Promise<OutboxEntry[]> {
    const known = await Promise.all(
      entries.map(async (entry) => (await this.#queue(entry.queue).getJob(entry.id)) !== undefined),
    );
    return entries.filter((_, index) => !known[index]);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #queue(name: string): Queue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      const connection = this.#redis.connect({ enableOfflineQueue: false, maxRetriesPerRequest: 1 });
      queue = new Queue(name, { connection, prefix: QUEUE_PREFIX, skipWaitingForReady: true });
      queue.on('error', () => {
        // RedisLink has logged it; without a listener it would end the process.
      });
      this.#queues.set(name, queue);
    }
    return queue;
  }
}
