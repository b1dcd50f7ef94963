import { type OptionFormat, requireLength } from './option-format.ts';

/** One byte (RFC 2132 section 9.6 and others). */
export const uint8Format: OptionFormat<number> = {
  decode(bytes) {
    requireLength(bytes, 1);
    return bytes.readUInt8(0);
  },
  encode: (value) => Buffer.from([value]),
};
