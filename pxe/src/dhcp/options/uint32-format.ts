import { type OptionFormat, requireLength } from './option-format.ts';

/** Four bytes in network order; durations are seconds, 0xffffffff means without end (RFC 2131 section 3.3). */
export const uint32Format: OptionFormat<number> = {
  decode(bytes) {
    requireLength(bytes, 4);
    return bytes.readUInt32BE(0);
  },
  encode(value) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  },
};
