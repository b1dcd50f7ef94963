import { join } from 'node:path';
import type { Lease } from './lease.ts';
import { LeaseBook, type Undo } from './lease-book.ts';
import { FileJournal, type Journal } from './lease-journal.ts';
import { formatRecord, parseRecord } from './lease-record.ts';

/** The change could not be made durable; it was taken back and the client must not be told of it. */
export class LeaseNotDurableError extends Error {
  readonly code = 'dhcp.lease_not_durable';
}

/** What was found in the journal at the start. */
export interface RecoveryReport {
  readonly leases: number;
  readonly tornBytes: number;
  /** Complete lines that are not leases: the disk or a hand changed them. */
  readonly unreadableLines: number;
}

interface Pending {
  readonly line: string;
  readonly undo: Undo;
  readonly resolve: () => void;
  readonly reject: (error: LeaseNotDurableError) => void;
}

/** Compact when the journal holds this many lines more than four times the live ones. */
const compactionSlack = 10_000;

/** The lease book with its journal: changes are seen at once and confirmed when durable, many per disk write. */
export class LeaseStore {
  readonly book = new LeaseBook();
  readonly #journal: Journal;
  /** Why the last compaction failed, for the health report. */
  compactionFailure: unknown;
  #lines: number;
  #compactAt = compactionSlack;
  #queue: Pending[] = [];
  #writer: Promise<void> | undefined;

  constructor(journal: Journal, lines = 0) {
    this.#journal = journal;
    this.#lines = lines;
  }

  /** Opens `leases.journal` in the folder, made if need be, and brings back every acknowledged lease. */
  static async open(directory: string): Promise<{ store: LeaseStore; recovery: RecoveryReport }> {
    const { journal, contents } = await FileJournal.open(join(directory, 'leases.journal'));
    const store = new LeaseStore(journal, contents.lines.length);
    const unreadableLines = store.#replay(contents.lines);
    const leases = store.book.durable().length;
    return { store, recovery: { leases, tornBytes: contents.tornBytes, unreadableLines } };
  }

  /** Keeps an address for a client that is being sent an offer; gone after a restart. */
  offer(lease: Lease): void {
    this.book.put(lease);
  }

  /** Changes the book now and resolves when the change is durable; otherwise undoes it and throws LeaseNotDurableError. */
  commit(lease: Lease): Promise<void> {
    const undo = this.book.put(lease);
    return new Promise((resolve, reject) => {
      this.#queue.push({ line: formatRecord(lease), undo, resolve, reject });
      this.#writer ??= this.#drain();
    });
  }

  /** Changes that wait for the disk. */
  get pending(): number {
    return this.#queue.length;
  }

  /** Waits for what is under way and closes the file. */
  async close(): Promise<void> {
    await this.#writer;
    await this.#journal.close();
  }

  async #drain(): Promise<void> {
    // One turn of the event loop gathers what the socket has already received into the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      await this.#write(batch);
    }
    this.#writer = undefined;
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    try {
      await this.#journal.append(batch.map(({ line }) => line));
    } catch (error) {
      this.#fail(batch, error);
      return;
    }
    this.#lines += batch.length;
    for (const { resolve } of batch) resolve();
    await this.#compactIfLong();
  }

  /** Later changes build on earlier ones, so those that wait fail with the batch, and the newest is undone first. */
  #fail(batch: readonly Pending[], cause: unknown): void {
    const failed = [...batch, ...this.#queue].reverse();
    this.#queue = [];
    const message = `the lease journal cannot be written: ${cause instanceof Error ? cause.message : cause}`;
    for (const { undo, reject } of failed) {
      undo();
      reject(new LeaseNotDurableError(message, { cause }));
    }
  }

  /** A failed compaction loses nothing: the long journal stays, and it is tried again as many lines later. */
  async #compactIfLong(): Promise<void> {
    if (this.#lines < this.#compactAt) return;
    const leases = this.book.durable();
    const enough = 4 * leases.length + compactionSlack;
    if (this.#lines >= enough) {
      try {
        await this.#journal.replace(leases.map(formatRecord));
        this.#lines = leases.length;
      } catch (error) {
        this.compactionFailure = error;
      }
    }
    this.#compactAt = Math.max(enough, this.#lines + compactionSlack);
  }

  #replay(lines: readonly string[]): number {
    let unreadable = 0;
    for (const line of lines) {
      const lease = parseRecord(line);
      if (lease) this.book.put(lease);
      else unreadable += 1;
    }
    return unreadable;
  }
}
