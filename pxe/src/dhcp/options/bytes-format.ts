import { OptionError, type OptionFormat } from './option-format.ts';

/** At least one byte, kept as it is (RFC 2132 section 9.14: a client identifier is opaque). */
export const bytesFormat: OptionFormat<Buffer> = {
  decode(bytes) {
    if (bytes.length === 0) throw new OptionError('length 0, expected at least one byte');
    return bytes;
  },
  encode: (value) => value,
};
