import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { type BootingNode, NodeBoots } from '../../nodes/node-boots.ts';
import { NodeBook } from '../book/node-book.ts';
import { BootMarks } from '../timeline/boot-marks.ts';

const retryMs = 5_000;
const tries = 60;

/** Makes machines that boot known as nodes, while they boot. */
@Injectable()
export class Identities {
  readonly #log = new Logger(Identities.name);
  readonly #learning = new Set<string>();
  readonly #stop = new AbortController();
  readonly #boots: NodeBoots;
  readonly #nodes: NodeBook;
  readonly #marks: BootMarks;

  constructor(boots: NodeBoots, nodes: NodeBook, marks: BootMarks) {
    this.#boots = boots;
    this.#nodes = nodes;
    this.#marks = marks;
  }

  /** In the background, until the database has taken it. */
  learn(mac: string): void {
    if (this.#learning.has(mac)) return;
    this.#learning.add(mac);
    void this.#learnUntilDone(mac).finally(() => this.#learning.delete(mac));
  }

  /** The node with this NIC, made if it is new. */
  async identify(
    mac: string,
    seen: { firmware?: 'bios' | 'uefi'; arch?: string } = {},
  ): Promise<BootingNode> {
    const node = await this.#boots.identify(mac, seen);
    if (!this.#nodes.byMac(mac)) await this.#nodes.refresh(node.id);
    this.#marks.write();
    return node;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #learnUntilDone(mac: string): Promise<void> {
    for (let attempt = 1; attempt <= tries && !this.#stop.signal.aborted; attempt += 1) {
      try {
        await this.identify(mac);
        return;
      } catch (error) {
        this.#log.warn({ msg: 'A new machine cannot be written down yet', mac, error: String(error) });
        await delay(retryMs, undefined, { signal: this.#stop.signal }).catch(() =>
          this.#log.debug('stopped learning'),
        );
      }
    }
  }
}
