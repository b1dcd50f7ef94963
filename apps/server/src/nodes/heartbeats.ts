import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { silentOf, touchNodes } from './heartbeats.repository.ts';
import { ALIVE_SECONDS } from './node-effects.ts';

const FLUSH_MS = 5_000;
/** Below what either database takes as parameters of one statement. */
const PORTION = 500;

/** Gathers signs of life and writes them a few seconds later, all at once: a poll costs a node nothing. */
@Injectable()
export class Heartbeats implements OnApplicationShutdown {
  readonly #database: Database;
  readonly #events: Events;
  readonly #log = new Logger(Heartbeats.name);
  #heard = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Database, events: Events) {
    this.#database = database;
    this.#events = events;
  }

  /** The node was heard of now. */
  beat(nodeId: string): void {
    this.#heard.add(nodeId);
    this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_MS);
  }

  /** Writes what was heard; what cannot be written is kept for the next time. */
  async flush(): Promise<void> {
    const ids = [...this.#heard];
    this.#heard = new Set();
    try {
      for (let at = 0; at < ids.length; at += PORTION) await this.#write(ids.slice(at, at + PORTION));
    } catch (error) {
      for (const id of ids) this.#heard.add(id);
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.flush().catch((error: Error) =>
      this.#log.debug(`the last heartbeats are lost: ${error.message}`),
    );
  }

  #flushLater(): void {
    this.#timer = null;
    this.flush().catch((error: Error) => {
      this.#log.warn({
        msg: 'Writing heartbeats failed; they are kept and tried again.',
        error: error.message,
      });
      this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_MS);
    });
  }

  #write(ids: string[]): Promise<void> {
    return this.#database.transaction(async (tx) => {
      const now = new Date();
      const back = await silentOf(tx, ids, new Date(now.getTime() - ALIVE_SECONDS * 1000));
      await touchNodes(tx, ids, now);
      for (const id of back) await tellAlive(this.#events, tx, id, true);
    });
  }
}

export function tellAlive(events: Events, tx: Tx, nodeId: string, alive: boolean): Promise<void> {
  return events.record(tx, { type: 'node.updated', subjectKind: 'node', subjectId: nodeId, data: { alive } });
}
