import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { lastSeenBetween, livenessLimit, saveLivenessLimit } from './heartbeats.repository.ts';
import { tellAlive } from './heartbeats.ts';
import { ALIVE_SECONDS } from './node-effects.ts';

/** Tells of nodes that fell silent since the last look, whoever looked last. */
@Injectable()
export class NodeLiveness {
  readonly #database: Database;
  readonly #events: Events;

  constructor(database: Database, events: Events) {
    this.#database = database;
    this.#events = events;
  }

  /** Answers the ids of those that fell silent. */
  sweep(now = new Date()): Promise<string[]> {
    const limit = new Date(now.getTime() - ALIVE_SECONDS * 1000);
    return this.#database.transaction(async (tx) => {
      const since = (await livenessLimit(tx)) ?? limit;
      if (since > limit) return [];
      const silent = await lastSeenBetween(tx, since, limit);
      for (const id of silent) await tellAlive(this.#events, tx, id, false);
      await saveLivenessLimit(tx, limit);
      return silent;
    });
  }
}
