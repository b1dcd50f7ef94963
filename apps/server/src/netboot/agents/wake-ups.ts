import { Injectable } from '@nestjs/common';
import { News } from '../book/news.ts';

/** Lets a long poll sleep until there is news of its node. */
@Injectable()
export class WakeUps {
  readonly #sleepers = new Map<string, Set<() => void>>();

  constructor(news: News) {
    news.onNode((nodeId) => this.wake(nodeId));
  }

  /** Resolves at the node's next news, after `ms`, or when `signal` fires. Take it before asking, or news may be missed. */
  next(nodeId: string, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleepers = this.#sleepers.get(nodeId) ?? new Set();
      this.#sleepers.set(nodeId, sleepers);
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        sleepers.delete(wake);
        if (sleepers.size === 0) this.#sleepers.delete(nodeId);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake, { once: true });
    });
  }

  wake(nodeId: string): void {
    for (const sleeper of [...(this.#sleepers.get(nodeId) ?? [])]) sleeper();
  }
}
