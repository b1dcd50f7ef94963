import { OptionError, type OptionFormat } from './option-format.ts';

/** Text; some ROMs end it with zero bytes, which do not belong to it (RFC 2132 section 2). */
export const textFormat: OptionFormat<string> = {
  decode(bytes) {
    if (bytes.length === 0) throw new OptionError('length 0, expected text');
    return bytes.toString('latin1').replace(/\0+$/, '');
  },
  encode: (value) => Buffer.from(value, 'latin1'),
};
