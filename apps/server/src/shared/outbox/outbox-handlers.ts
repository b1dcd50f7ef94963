import { Injectable } from '@nestjs/common';

/** What a handler is told besides the payload. */
export interface OutboxJob {
  entryId: string;
  /** 1 at the first try. */
  attempt: number;
  /** Aborts when the process is about to stop; what is then left undone is found again by the entry. */
  signal: AbortSignal;
}

/** Must be idempotent: it may run again after a crash anywhere in it. */
export type OutboxHandler = (payload: Record<string, unknown>, job: OutboxJob) => Promise<void>;

/** Thrown by a handler when trying again makes no sense. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** Which handler does which kind of entry; features register theirs in `onModuleInit` of the worker process. */
@Injectable()
export class OutboxHandlers {
  readonly #handlers = new Map<string, OutboxHandler>();
  readonly #concurrency = new Map<string, number>();

  /** Throws when there is a handler for this already: two would share the work by chance. */
  register(where: { queue: string; name: string }, handler: OutboxHandler): void {
    const key = `${where.queue}/${where.name}`;
    if (this.#handlers.has(key)) throw new Error(`Two handlers want the outbox entries ${key}.`);
    this.#handlers.set(key, handler);
  }

  /** How many entries of a queue one worker process works on at once; 10 when nobody says otherwise. */
  limit(queue: string, concurrency: number): void {
    this.#concurrency.set(queue, concurrency);
  }

  handlerOf(queue: string, name: string): OutboxHandler | undefined {
    return this.#handlers.get(`${queue}/${name}`);
  }

  queues(): { queue: string; concurrency: number }[] {
    const names = new Set([...this.#handlers.keys()].map((key) => key.split('/')[0] ?? key));
    return [...names].map((queue) => ({ queue, concurrency: this.#concurrency.get(queue) ?? 10 }));
  }
}
