const lineFeed = 10;
const carriageReturn = 13;

/** Text as netascii has it: a line feed becomes CR LF, a carriage return CR NUL (RFC 764, as RFC 1350 section 1 wants). */
export function toNetascii(bytes: Buffer): Buffer {
  const parts: number[] = [];
  for (const byte of bytes) {
    if (byte === lineFeed) parts.push(carriageReturn, lineFeed);
    else if (byte === carriageReturn) parts.push(carriageReturn, 0);
    else parts.push(byte);
  }
  return Buffer.from(parts);
}
