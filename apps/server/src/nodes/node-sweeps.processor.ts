import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Job, Queue, Worker } from 'bullmq';
import { QUEUE_PREFIX } from '../shared/outbox/outbox.queue.ts';
import { RedisLink } from '../shared/redis.ts';
import { NodeDeadlines } from './node-deadlines.ts';
import { NodeLiveness } from './node-liveness.ts';
import { SshProbe } from './ssh-probe.ts';

const QUEUE = 'node-sweeps';
/** The schedule lives in Redis alone, so it is written again now and then: a Redis that was lost has it back soon. */
const RESCHEDULE_MS = 30_000;
const STALLED_MS = 5_000;
const schedule = { deadlines: 5_000, liveness: 10_000, ssh: 30_000 } as const;
type Sweep = keyof typeof schedule;

/** Looks at the whole fleet now and then: one worker at a time, whichever is free. */
@Injectable()
export class NodeSweepsProcessor implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #redis: RedisLink;
  readonly #sweeps: Record<Sweep, () => Promise<unknown>>;
  readonly #log = new Logger(NodeSweepsProcessor.name);
  #queue: Queue | null = null;
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | null = null;
  #scheduling: Promise<void> | null = null;

  constructor(redis: RedisLink, deadlines: NodeDeadlines, liveness: NodeLiveness, ssh: SshProbe) {
    this.#redis = redis;
    this.#sweeps = {
      deadlines: () => deadlines.sweep(),
      liveness: () => liveness.sweep(),
      ssh: () => ssh.sweep(),
    };
  }

  onApplicationBootstrap(): void {
    const connection = this.#redis.connect({ maxRetriesPerRequest: null });
    this.#queue = new Queue(QUEUE, { connection, prefix: QUEUE_PREFIX });
    this.#worker = new Worker(QUEUE, (job: Job) => this.#run(job.name), {
      connection: this.#redis.connect({ maxRetriesPerRequest: null }),
      prefix: QUEUE_PREFIX,
      concurrency: Object.keys(schedule).length,
      lockDuration: STALLED_MS * 2,
      stalledInterval: STALLED_MS,
    });
    const note = (error: Error): void => this.#log.debug(`queue ${QUEUE}: ${error.message}`);
    this.#queue.on('error', note);
    this.#worker.on('error', note);
    connection.on('ready', () => this.#schedule());
    this.#timer = setInterval(() => this.#schedule(), RESCHEDULE_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await Promise.all([this.#worker?.close(true), this.#queue?.close()]);
  }

  /** One attempt at a time: while Redis is away it waits, and is not joined by more. */
  #schedule(): void {
    this.#scheduling ??= this.#writeSchedule()
      .catch((error: Error) => this.#log.debug(`sweeps are scheduled later: ${error.message}`))
      .finally(() => {
        this.#scheduling = null;
      });
  }

  async #writeSchedule(): Promise<void> {
    for (const [name, every] of Object.entries(schedule))
      await this.#queue?.upsertJobScheduler(
        name,
        { every },
        { name, opts: { removeOnComplete: true, removeOnFail: true } },
      );
  }

  async #run(name: string): Promise<void> {
    try {
      await this.#sweeps[name as Sweep]();
    } catch (error) {
      this.#log.warn({
        msg: 'A sweep over the nodes failed; the next one follows.',
        sweep: name,
        error: String(error),
      });
      throw error;
    }
  }
}
