import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { EventFeed } from '../shared/events/event-feed.ts';
import { Outbox } from '../shared/outbox/outbox.ts';
import { untendedNodeRuns } from './node-runs.repository.ts';
import { advanceRun, applyNodeRun, nodeRunKey } from './run-jobs.ts';
import { runsToAdvance } from './runs.repository.ts';

const SWEEP_MS = 15_000;

/** Keeps runs moving: whenever a node becomes free, and now and then in case any news was missed. */
@Injectable()
export class RunSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #database: Database;
  readonly #feed: EventFeed;
  readonly #outbox: Outbox;
  readonly #log = new Logger(RunSweeper.name);
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | null = null;
  #again = false;
  #unsubscribe: () => void = () => undefined;

  constructor(database: Database, feed: EventFeed, outbox: Outbox) {
    this.#database = database;
    this.#feed = feed;
    this.#outbox = outbox;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#unsubscribe = await this.#feed.subscribe(({ type, data }) => {
      if (type === 'node.state' && isFreed(data)) this.#sweepSoon();
    });
    this.#timer = setInterval(() => this.#sweepSoon(), SWEEP_MS);
    this.#sweepSoon();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe();
    await this.#sweeping;
  }

  #sweepSoon(): void {
    this.#again = true;
    this.#sweeping ??= this.#sweep()
      .catch((error: Error) => this.#log.warn({ msg: 'Looking after runs failed', error: error.message }))
      .finally(() => {
        this.#sweeping = null;
      });
  }

  async #sweep(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const runs = await runsToAdvance(this.#database.db);
      const untended = await untendedNodeRuns(this.#database.db, nodeRunKey);
      if (runs.length + untended.length === 0) continue;
      await this.#database.transaction(async (tx) => {
        for (const runId of runs) await this.#outbox.add(tx, advanceRun(runId));
        for (const nodeRunId of await untendedNodeRuns(tx, nodeRunKey))
          await this.#outbox.add(tx, applyNodeRun(nodeRunId));
      });
    }
  }
}

/** A node that works on something else now makes nothing possible that was not before. */
function isFreed(data: unknown): boolean {
  const to = typeof data === 'object' && data !== null && 'to' in data ? data.to : undefined;
  return to === 'ready' || to === 'failed';
}
