import { mkdirSync } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeRecords, encodeRecord } from './record-line.ts';

export interface RecordJournalOptions {
  path: string;
  /** Called with what went wrong when a batch could not be made durable (disk full, …). */
  onFault: (error: Error) => void;
  /** Compact when the file has grown past this many bytes and past four times its live content. */
  compactAt?: number;
}

const lineFeed = 0x0a;

/**
 * A map kept in an append-only file. Changes that come while a write is under way share the next one, and all writes that
 * come while the disk is being synced share the next sync. A tail torn by a crash is cut off at the next start; a write
 * that failed half-way is taken back.
 */
export class RecordJournal<T> {
  private readonly live = new Map<string, T>();
  private pending: string[] = [];
  private writing: Promise<void> | null = null;
  private syncing: Promise<void> | null = null;
  private unsynced = false;
  private size = 0;
  private liveSize = 0;
  private closed = false;
  /** The file lacks something that memory has; the next change writes everything anew. */
  private behind = false;

  private constructor(
    private readonly options: RecordJournalOptions,
    private file: FileHandle,
  ) {}

  /** Reads the file back, creating it (mode 0600) where there is none; @returns the journal and how many records were unreadable. */
  static async open<T>(
    options: RecordJournalOptions,
  ): Promise<{ journal: RecordJournal<T>; damaged: number }> {
    mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 });
    const file = await open(options.path, 'a+', 0o600);
    const journal = new RecordJournal<T>(options, file);
    const content = await readFile(options.path);
    const { records, damaged } = decodeRecords<T>(content);
    for (const { key, value } of records) journal.apply(key, value);
    journal.size = content.byteLength;
    const torn = content.length > 0 && content.at(-1) !== lineFeed;
    if (torn || damaged > 0) await journal.rewrite();
    return { journal, damaged };
  }

  /** What is recorded now, by key. */
  entries(): IterableIterator<[string, T]> {
    return this.live.entries();
  }

  /** Records a value. It survives a killed process when `written()` resolves, a power cut when `flushed()` does. */
  put(key: string, value: T): void {
    this.apply(key, value);
    this.append(encodeRecord({ key, value }));
  }

  delete(key: string): void {
    if (!this.live.has(key)) return;
    this.apply(key, null);
    this.append(encodeRecord({ key, value: null }));
  }

  /** Resolves when the kernel has everything recorded so far, or a fault was reported. */
  async written(): Promise<void> {
    while (this.writing) await this.writing;
  }

  /** Resolves when the disk has everything recorded so far, or a fault was reported. */
  async flushed(): Promise<void> {
    while (this.writing || this.syncing) await (this.writing ?? this.syncing);
  }

  async close(): Promise<void> {
    await this.flushed();
    this.closed = true;
    await this.file.close();
  }

  private apply(key: string, value: T | null): void {
    if (value === null) this.live.delete(key);
    else this.live.set(key, value);
  }

  private append(line: string): void {
    if (this.closed) return;
    this.pending.push(line);
    this.writing ??= this.drain();
  }

  private async drain(): Promise<void> {
    try {
      await Promise.resolve();
      while (this.pending.length > 0) {
        const batch = this.pending.join('');
        this.pending = [];
        if (this.behind) await this.rewrite();
        else await this.write(batch);
        if (this.size > Math.max(this.options.compactAt ?? 256 * 1024, 4 * this.liveSize))
          await this.rewrite();
      }
    } finally {
      this.writing = null;
    }
    this.syncing ??= this.sync();
  }

  private async sync(): Promise<void> {
    try {
      while (this.unsynced) {
        this.unsynced = false;
        await this.file.datasync();
      }
    } catch (error) {
      this.options.onFault(error as Error);
    } finally {
      this.syncing = null;
    }
  }

  private async write(batch: string): Promise<void> {
    try {
      await this.file.appendFile(batch);
      this.unsynced = true;
      this.size += Buffer.byteLength(batch);
    } catch (error) {
      this.behind = true;
      await this.file.truncate(this.size).catch(this.options.onFault);
      this.options.onFault(error as Error);
    }
  }

  /** Writes the live records to a new file and puts it in the old one's place. */
  private async rewrite(): Promise<void> {
    const { path, onFault } = this.options;
    try {
      const content = [...this.live].map(([key, value]) => encodeRecord({ key, value })).join('');
      const fresh = await open(`${path}.new`, 'w', 0o600);
      await fresh.writeFile(content);
      await fresh.sync();
      await fresh.close();
      await rename(`${path}.new`, path);
      await syncDirectory(dirname(path));
      const old = this.file;
      this.file = await open(path, 'a+', 0o600);
      await this.syncing;
      await old.close();
      this.size = Buffer.byteLength(content);
      this.liveSize = this.size;
      this.behind = false;
    } catch (error) {
      this.behind = true;
      onFault(error as Error);
    }
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
