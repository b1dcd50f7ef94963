import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { journalHeader } from './lease-record.ts';

/** Durable lines in the order they were written. */
export interface Journal {
  /** Resolves when the lines would survive a power cut; rejects when none of them may be relied on. */
  append(lines: readonly string[]): Promise<void>;
  /** Replaces everything by these lines, or leaves everything as it was. */
  replace(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** What was in a journal file when it was opened. */
export interface JournalContents {
  readonly lines: readonly string[];
  /** The bytes of a line that a crash cut short; it was never acknowledged. */
  readonly tornBytes: number;
}

/** The file is not a lease journal of a version this program knows; it was left untouched. */
export class JournalFormatError extends Error {
  readonly code = 'dhcp.journal_format';
}

/** Something else writes to the file; going on would mix up two servers' leases. */
export class JournalConflictError extends Error {
  readonly code = 'dhcp.journal_conflict';
}

/** A journal in one file: an append and one data sync per call. Calls must not overlap. */
export class FileJournal implements Journal {
  readonly #path: string;
  #file: FileHandle;
  #length: number;
  /** After a failed write the end of the file is unknown, and after a failed sync even its content is. */
  #doubt: 'none' | 'tail' | 'content' = 'none';

  private constructor(path: string, file: FileHandle, length: number) {
    this.#path = path;
    this.#file = file;
    this.#length = length;
  }

  /** Opens or creates the file; a torn last line is cut off. */
  static async open(path: string): Promise<{ journal: FileJournal; contents: JournalContents }> {
    await mkdir(dirname(path), { recursive: true });
    const text = await readIfPresent(path);
    if (text === '')
      return { journal: await FileJournal.#create(path), contents: { lines: [], tornBytes: 0 } };
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    const [header, ...lines] = complete.split('\n').slice(0, -1);
    if (header !== journalHeader) {
      throw new JournalFormatError(`${path} is not a lease journal of version 1; move it away or restore it`);
    }
    const length = Buffer.byteLength(complete);
    const file = await open(path, 'r+');
    await file.truncate(length);
    const tornBytes = Buffer.byteLength(text) - length;
    return { journal: new FileJournal(path, file, length), contents: { lines, tornBytes } };
  }

  static async #create(path: string): Promise<FileJournal> {
    const bytes = Buffer.from(`${journalHeader}\n`);
    const file = await writeDurably(path, bytes);
    await syncDirectory(dirname(path));
    return new FileJournal(path, file, bytes.length);
  }

  async append(lines: readonly string[]): Promise<void> {
    await this.#settleDoubt();
    await this.#refuseForeignChange();
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    this.#doubt = 'tail';
    await writeAt(this.#file, bytes, this.#length);
    this.#doubt = 'content';
    await this.#file.datasync();
    this.#doubt = 'none';
    this.#length += bytes.length;
  }

  async replace(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(`${[journalHeader, ...lines].join('\n')}\n`);
    const fresh = await writeDurably(`${this.#path}.new`, bytes);
    try {
      await rename(`${this.#path}.new`, this.#path);
    } catch (error) {
      await fresh.close();
      throw error;
    }
    const old = this.#file;
    this.#file = fresh;
    this.#length = bytes.length;
    this.#doubt = 'content';
    await old.close();
    await syncDirectory(dirname(this.#path));
    this.#doubt = 'none';
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #refuseForeignChange(): Promise<void> {
    const { size, nlink } = await this.#file.stat();
    if (size === this.#length && nlink > 0) return;
    throw new JournalConflictError(
      `${this.#path} was changed by another process; only one server may use it`,
    );
  }

  /** A failed sync may have dropped pages the kernel now calls clean, so the durable part is written anew. */
  async #settleDoubt(): Promise<void> {
    if (this.#doubt === 'tail') await this.#file.truncate(this.#length);
    if (this.#doubt === 'content') {
      const durable = (await readFile(this.#path)).subarray(0, this.#length).toString();
      await this.replace(durable.split('\n').slice(1, -1));
    }
    this.#doubt = 'none';
  }
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

async function writeDurably(path: string, bytes: Buffer): Promise<FileHandle> {
  const file = await open(path, 'w+', 0o600);
  try {
    await writeAt(file, bytes, 0);
    await file.sync();
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A write near the end of a full disk may be cut short without an error; the rest is then tried again. */
async function writeAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
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
