import type { Ipv4 } from '../ipv4.ts';
import { type OptionFormat, requireMultiple } from './option-format.ts';

/** At least one address, in order of preference (RFC 2132 section 3.5 and others). */
export const ipv4ListFormat: OptionFormat<readonly Ipv4[]> = {
  decode(bytes) {
    requireMultiple(bytes, 4);
    return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32BE(index * 4));
  },
  encode(addresses) {
    const bytes = Buffer.alloc(addresses.length * 4);
    addresses.forEach((address, index) => {
      bytes.writeUInt32BE(address, index * 4);
    });
    return bytes;
  },
};
