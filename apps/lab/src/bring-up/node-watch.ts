import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { followEvents, type Schemas, unwrap } from '@halligan/api-client';
import type { Lab } from '../lab.ts';
import { LabError, messageOf } from '../lab-error.ts';

export type NodeSummary = Schemas['NodeSummary'];

const LOOK_AGAIN_MS = 3000;
const SHORTEST_GAP_MS = 200;

/**
 * The server's nodes as they are now: read again when an event came, and every few seconds beside that, for a
 * stream may break and the api process may be restarted at any time.
 */
export class NodeWatch {
  readonly #lab: Lab;
  readonly #ended = new AbortController();
  readonly #news = new EventEmitter<{ event: []; read: [] }>();
  #nodes: readonly NodeSummary[] = [];
  #lastEvent: number | undefined;
  #trouble: unknown;

  /** Begins to watch; `onRead` hears of every reading. */
  constructor(lab: Lab, onRead: (nodes: readonly NodeSummary[]) => void) {
    this.#lab = lab;
    this.#news.setMaxListeners(0);
    this.#news.on('read', () => onRead(this.#nodes));
    void this.#listen();
    void this.#readOnAndOn();
  }

  /** The node that has this MAC address, once the server knows it. */
  byMac(mac: string): NodeSummary | undefined {
    return this.#nodes.find((node) => node.macs.some((one) => one.toLowerCase() === mac));
  }

  /** Looks at every reading until `find` finds something; throws what it throws, and when time runs out. */
  async until<T>(
    what: string,
    timeoutMs: number,
    signal: AbortSignal,
    find: () => T | undefined,
  ): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found;
      signal.throwIfAborted();
      this.#serverMustLive();
      if (Date.now() > deadline) throw this.#tooSlow(what, timeoutMs);
      await this.#next('read', signal);
    }
  }

  /** Resolves at the next event of any kind, and after a few seconds anyway. */
  nextEvent(signal: AbortSignal): Promise<void> {
    return this.#next('event', signal);
  }

  stop(): void {
    this.#ended.abort();
  }

  async #next(kind: 'event' | 'read', signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.any([signal, this.#ended.signal, AbortSignal.timeout(LOOK_AGAIN_MS)]);
    await once(this.#news, kind, { signal: limit }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }

  async #readOnAndOn(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await this.#read();
      this.#news.emit('read');
      await delay(SHORTEST_GAP_MS);
      await this.#next('event', this.#ended.signal);
    }
  }

  async #read(): Promise<void> {
    const query = { limit: 500 };
    try {
      this.#nodes = (await unwrap(this.#lab.client.GET('/api/v1/nodes', { params: { query } }))).items;
      this.#trouble = undefined;
    } catch (error) {
      this.#trouble = error;
    }
  }

  async #listen(): Promise<void> {
    const { url: baseUrl, admin, fetch } = this.#lab;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const after = this.#lastEvent === undefined ? {} : { after: this.#lastEvent };
      try {
        for await (const event of followEvents({ baseUrl, token: admin.token, fetch, signal, ...after })) {
          this.#lastEvent = event.id;
          this.#news.emit('event');
        }
      } catch (error) {
        this.#trouble = error;
      }
      await delay(SHORTEST_GAP_MS);
    }
  }

  #serverMustLive(): void {
    const { child, log } = this.#lab.server;
    if (!child.running)
      throw new LabError('lab.server_ended', 'the server ended', `see ${log} (kept with --keep)`);
  }

  #tooSlow(what: string, timeoutMs: number): LabError {
    const trouble = this.#trouble === undefined ? '' : ` (${messageOf(this.#trouble)})`;
    return new LabError(
      'lab.too_slow',
      `${what}: not within ${Math.round(timeoutMs / 1000)} s${trouble}`,
      'look at the consoles and the server log (--keep leaves them)',
    );
  }
}
