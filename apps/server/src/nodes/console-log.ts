import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { createChunk, trimConsole } from './console-log.repository.ts';
import { printable } from './printable.ts';

/** Characters kept per node. */
export const CONSOLE_LIMIT = 1024 * 1024;
const CHUNK_LIMIT = 64 * 1024;
/** Trimming reads the node's whole log, so it is done once per so many characters. */
const TRIM_EVERY = 64 * 1024;

/** What a node's kernel and agent said, the last 1 MiB of it (at most one trimming step more for a moment). */
@Injectable()
export class ConsoleLog {
  readonly #database: Database;
  readonly #events: Events;
  readonly #sinceTrim = new Map<string, number>();

  constructor(database: Database, events: Events) {
    this.#database = database;
    this.#events = events;
  }

  /** Of more than the whole log holds, only the end is kept. */
  async append(nodeId: string, text: string): Promise<void> {
    const clean = printable(text).slice(-CONSOLE_LIMIT);
    if (clean === '') return;
    const trims = this.#trims(nodeId, clean.length);
    await this.#database.transaction(async (tx) => {
      let lastId = 0;
      for (let at = 0; at < clean.length; at += CHUNK_LIMIT)
        lastId = await createChunk(tx, nodeId, clean.slice(at, at + CHUNK_LIMIT));
      if (trims) await trimConsole(tx, nodeId, CONSOLE_LIMIT);
      await this.#events.record(tx, {
        type: 'node.console',
        subjectKind: 'node',
        subjectId: nodeId,
        data: { lastId },
      });
    });
  }

  /** True at the first text after a start too: nobody knows how much is there. */
  #trims(nodeId: string, length: number): boolean {
    const since = (this.#sinceTrim.get(nodeId) ?? TRIM_EVERY) + length;
    this.#sinceTrim.set(nodeId, since > TRIM_EVERY ? 0 : since);
    return since > TRIM_EVERY;
  }
}
