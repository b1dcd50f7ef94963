import { once } from 'node:events';
import type { Event } from '@halligan/db';
import type { Response } from 'express';
import type { EventFeed } from '../shared/events/event-feed.ts';
import type { EventFilter } from './event.dto.ts';

/** A comment this often keeps proxies from closing the connection, and finds out that the reader has gone. */
const PING_MS = 15_000;

/**
 * Writes events as server-sent events until the reader goes. It pulls: a reader who is slow is waited for, costs no
 * memory, and gets what it missed from the database.
 */
export class EventStream {
  readonly #feed: EventFeed;
  readonly #response: Response;
  readonly #filter: EventFilter;
  #open = true;

  constructor(feed: EventFeed, response: Response, filter: EventFilter) {
    this.#feed = feed;
    this.#response = response;
    this.#filter = filter;
    response.on('close', () => {
      this.#open = false;
    });
  }

  /** `stillAllowed` is asked at every ping; the stream ends when it says no. */
  async run(after: number, stillAllowed: () => Promise<boolean>): Promise<void> {
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    await this.#write(': connected\n\n');
    let cursor = after;
    let nextPing = Date.now() + PING_MS;
    while (this.#open) {
      const events = await this.#feed.after(cursor);
      for (const event of events) if (this.#wants(event)) await this.#write(format(event));
      cursor = events.at(-1)?.id ?? cursor;
      if (Date.now() >= nextPing) {
        if (!(await stillAllowed())) break;
        await this.#write(': ping\n\n');
        nextPing = Date.now() + PING_MS;
      }
      if (events.length === 0) await this.#feed.waitAfter(cursor, Math.max(1, nextPing - Date.now()));
    }
    this.#response.end();
  }

  close(): void {
    this.#open = false;
    this.#response.end();
  }

  #wants(event: Event): boolean {
    const { types, subject } = this.#filter;
    return (types === null || types.has(event.type)) && (subject === null || subject === event.subjectId);
  }

  async #write(text: string): Promise<void> {
    if (!this.#open || this.#response.write(text)) return;
    await Promise.race([once(this.#response, 'drain'), once(this.#response, 'close')]);
  }
}

function format(event: Event): string {
  const { id, at, type, subjectKind, subjectId, data } = event;
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ id, at, type, subjectKind, subjectId, data })}\n\n`;
}
