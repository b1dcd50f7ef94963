import type { Ipv4 } from '../ipv4.ts';
import { type OptionFormat, requireLength } from './option-format.ts';

/** One address, four bytes (RFC 2132 section 9.1 and others). */
export const ipv4Format: OptionFormat<Ipv4> = {
  decode(bytes) {
    requireLength(bytes, 4);
    return bytes.readUInt32BE(0);
  },
  encode(address) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(address);
    return bytes;
  },
};
