import type { Event } from '@halligan/db';
import { Injectable, Logger } from '@nestjs/common';
import { EventFeed } from '../../shared/events/event-feed.ts';
import { NetworkBookKeeper } from './network-book-keeper.ts';
import { NodeBook } from './node-book.ts';

/** Changes that bear on what a node boots, or on which address it has. */
const nodeNews = new Set(['node.created', 'node.updated', 'node.state', 'node.deleted']);

type Listener = (nodeId: string, event: Event) => void;

/** Keeps the books current from the installation's events, and tells others of each node's news afterwards. */
@Injectable()
export class News {
  readonly #log = new Logger(News.name);
  readonly #listeners = new Set<Listener>();
  readonly #feed: EventFeed;
  readonly #nodes: NodeBook;
  readonly #networks: NetworkBookKeeper;
  #end: (() => void) | null = null;

  constructor(feed: EventFeed, nodes: NodeBook, networks: NetworkBookKeeper) {
    this.#feed = feed;
    this.#nodes = nodes;
    this.#networks = networks;
  }

  /** Listens first and reads everything then, so that nothing falls between. */
  async start(): Promise<void> {
    this.#end = await this.#feed.subscribe((event) => void this.#take(event));
    await this.#networks.load();
    await this.#nodes.load();
  }

  stop(): void {
    this.#end?.();
  }

  /** Called after each event about a node. */
  onNode(listener: Listener): void {
    this.#listeners.add(listener);
  }

  async #take(event: Event): Promise<void> {
    try {
      if (event.type.startsWith('network.')) await this.#networks.load();
      if (event.subjectKind !== 'node') return;
      if (nodeNews.has(event.type)) await this.#nodes.refresh(event.subjectId);
      for (const listener of this.#listeners) listener(event.subjectId, event);
    } catch (error) {
      this.#log.warn({
        msg: 'News could not be taken in; the next of the same will mend it',
        type: event.type,
        error: String(error),
      });
    }
  }
}
