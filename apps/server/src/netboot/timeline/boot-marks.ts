import { Injectable, Logger } from '@nestjs/common';
import { BootTimeline } from '../../nodes/boot-timeline.ts';
import { NodeBook } from '../book/node-book.ts';

export interface PendingMark {
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  detail?: string;
  /** The boot env of the boot that this begins or continues; without it the mark goes to the boot under way. */
  begins?: string;
}

const maxPerMac = 64;
const maxMacs = 4_096;
const retryMs = 2_000;
const keptMs = 30 * 60_000;

/**
 * Moments of boots on their way into the database, in order per machine. They wait here while the machine is no node yet
 * or the database is away, and never make a boot wait.
 */
@Injectable()
export class BootMarks {
  readonly #log = new Logger(BootMarks.name);
  readonly #waiting = new Map<string, PendingMark[]>();
  readonly #timeline: BootTimeline;
  readonly #nodes: NodeBook;
  #writing: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(timeline: BootTimeline, nodes: NodeBook) {
    this.#timeline = timeline;
    this.#nodes = nodes;
  }

  note(mac: string, mark: PendingMark): void {
    const marks = this.#waiting.get(mac) ?? [];
    marks.push(mark);
    if (marks.length > maxPerMac) marks.shift();
    this.#waiting.set(mac, marks);
    const oldest = this.#waiting.size > maxMacs ? this.#waiting.keys().next().value : undefined;
    if (oldest !== undefined) this.#waiting.delete(oldest);
    this.write();
  }

  /** Writes what belongs to nodes that are known by now. */
  write(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
  }

  /** Resolves when everything that can be written has been. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  stop(): void {
    if (this.#retry) clearTimeout(this.#retry);
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#next(); next; next = this.#next()) {
      try {
        await this.#writeOne(next.nodeId, next.mark);
        remove(next.marks, next.mark);
      } catch (error) {
        this.#log.warn({ msg: 'Boot marks cannot be written; they are tried again', error: String(error) });
        this.#retry ??= setTimeout(() => this.#again(), retryMs);
        return;
      }
    }
  }

  #again(): void {
    this.#retry = null;
    this.write();
  }

  #next(): { nodeId: string; mark: PendingMark; marks: PendingMark[] } | null {
    for (const [mac, marks] of this.#waiting) {
      const [mark] = marks;
      if (!mark || mark.at < Date.now() - keptMs) {
        if (marks.length > 1) marks.shift();
        else this.#waiting.delete(mac);
        continue;
      }
      const nodeId = this.#nodes.byMac(mac)?.nodeId;
      if (nodeId !== undefined) return { nodeId, mark, marks };
    }
    return null;
  }

  async #writeOne(nodeId: string, { name, at, detail, begins }: PendingMark): Promise<void> {
    const moment = { at: new Date(at), ...(detail === undefined ? {} : { detail }) };
    if (begins === undefined) await this.#timeline.mark(nodeId, name, moment);
    else await this.#timeline.begin(nodeId, { bootEnv: begins, mark: name, ...moment });
  }
}

function remove<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
}
