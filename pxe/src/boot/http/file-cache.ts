import { open, stat } from 'node:fs/promises';

/** A regular file as it is now. `bytes` is there when it is small enough to be held in memory. */
export interface ServedFile {
  path: string;
  size: number;
  etag: string;
  bytes: Buffer | null;
}

export interface FileCacheOptions {
  /** Larger files are always streamed. */
  largestFile?: number;
  /** All held files together; the longest unused go first. */
  capacity?: number;
}

/** Holds kernels and initial file systems in memory, each read once however many machines ask for it at once. */
export class FileCache {
  private readonly held = new Map<string, { etag: string; size: number; bytes: Promise<Buffer> }>();
  private readonly largestFile: number;
  private readonly capacity: number;

  constructor(options: FileCacheOptions = {}) {
    this.largestFile = options.largestFile ?? 64 * 1024 * 1024;
    this.capacity = options.capacity ?? 256 * 1024 * 1024;
  }

  /** @returns null where there is no such regular file */
  async find(path: string): Promise<ServedFile | null> {
    const stats = await stat(path).catch(missingIsNull);
    if (!stats?.isFile()) return null;
    const { size } = stats;
    const etag = `"${size.toString(16)}-${Math.trunc(stats.mtimeMs).toString(16)}-${stats.ino.toString(16)}"`;
    const bytes = size <= this.largestFile ? await this.read(path, etag, size) : null;
    return { path, size: bytes?.length ?? size, etag, bytes };
  }

  private read(path: string, etag: string, size: number): Promise<Buffer> {
    const known = this.held.get(path);
    this.held.delete(path);
    const entry = known?.etag === etag ? known : { etag, size, bytes: readWhole(path) };
    entry.bytes.catch(() => this.held.delete(path));
    this.held.set(path, entry);
    this.evict();
    return entry.bytes;
  }

  private evict(): void {
    let total = 0;
    for (const entry of this.held.values()) total += entry.size;
    for (const [path, entry] of this.held) {
      if (total <= this.capacity) return;
      this.held.delete(path);
      total -= entry.size;
    }
  }
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function missingIsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
