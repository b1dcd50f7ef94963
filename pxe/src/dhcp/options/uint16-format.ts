import { type OptionFormat, requireLength } from './option-format.ts';

/** Two bytes in network order (RFC 2132 section 9.10). */
export const uint16Format: OptionFormat<number> = {
  decode(bytes) {
    requireLength(bytes, 2);
    return bytes.readUInt16BE(0);
  },
  encode(value) {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(value);
    return bytes;
  },
};
