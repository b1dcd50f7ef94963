const BLOCK = 512;

/** One regular file of a tar archive. */
export interface TarMember {
  readonly path: string;
  readonly content: string | Buffer;
}

/**
 * A ustar archive (POSIX.1-1988) of regular files with mode 0600, in the given order.
 *
 * @throws {RangeError} when a path is longer than the 100 bytes its field holds.
 */
export function tar(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.flatMap(blocks), Buffer.alloc(2 * BLOCK)]);
}

function blocks({ path, content }: TarMember): Buffer[] {
  const bytes = Buffer.from(content);
  return [header(path, bytes.length), bytes, Buffer.alloc(-bytes.length & (BLOCK - 1))];
}

function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100)
    throw new RangeError(`Path "${path}" is too long for a tar header; shorten it.`);
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
