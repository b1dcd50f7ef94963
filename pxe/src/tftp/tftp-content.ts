import { type FileHandle, open } from 'node:fs/promises';

/** What `resolve` may answer: bytes made for this request, or a file on disk. */
export type TftpFile = Buffer | { readonly path: string };

/** Bytes of known size that can be read anywhere, again and again. */
export interface TftpContent {
  readonly size: number;
  /** Exactly these bytes, cut at the end of the content; a promise only when the disk must be asked. */
  read(offset: number, length: number): Buffer | Promise<Buffer>;
  close(): Promise<void>;
}

/** Content that is in memory. */
export function memoryContent(bytes: Buffer): TftpContent {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => {},
  };
}

/** Opens what `resolve` answered; a path that is not a regular file throws. */
export async function openContent(file: TftpFile): Promise<TftpContent> {
  if (Buffer.isBuffer(file)) return memoryContent(file);
  const handle = await open(file.path, 'r');
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error(`${file.path} is not a regular file`);
    return new FileContent(handle, stat.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Bytes read from disk at once: a hundred and more blocks, so that the disk is rarely waited for. */
const chunkSize = 256 * 1024;

class FileContent implements TftpContent {
  readonly size: number;
  readonly #handle: FileHandle;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkOffset = 0;

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  read(offset: number, length: number): Buffer | Promise<Buffer> {
    const wanted = Math.min(length, this.size - offset);
    const start = offset - this.#chunkOffset;
    if (start >= 0 && start + wanted <= this.#chunk.length)
      return this.#chunk.subarray(start, start + wanted);
    return this.#load(offset, wanted);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #load(offset: number, wanted: number): Promise<Buffer> {
    const chunk = Buffer.allocUnsafe(Math.min(Math.max(chunkSize, wanted), this.size - offset));
    const { bytesRead } = await this.#handle.read(chunk, 0, chunk.length, offset);
    if (bytesRead < wanted) throw new Error('the file became shorter while it was being sent');
    this.#chunk = chunk.subarray(0, bytesRead);
    this.#chunkOffset = offset;
    return this.#chunk.subarray(0, wanted);
  }
}
