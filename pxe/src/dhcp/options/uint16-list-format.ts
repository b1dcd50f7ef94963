import { type OptionFormat, requireMultiple } from './option-format.ts';

/** At least one pair of bytes in network order (RFC 4578 section 2.1: the architecture is a list). */
export const uint16ListFormat: OptionFormat<readonly number[]> = {
  decode(bytes) {
    requireMultiple(bytes, 2);
    return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16BE(index * 2));
  },
  encode(values) {
    const bytes = Buffer.alloc(values.length * 2);
    values.forEach((value, index) => {
      bytes.writeUInt16BE(value, index * 2);
    });
    return bytes;
  },
};
