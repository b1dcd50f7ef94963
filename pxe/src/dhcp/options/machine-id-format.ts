import { OptionError, type OptionFormat, requireLength } from './option-format.ts';

/** The machine's UUID behind type byte 0 (RFC 4578 section 2.3), in the byte order of the SMBIOS table. */
export const machineIdFormat: OptionFormat<string> = {
  decode(bytes) {
    requireLength(bytes, 17);
    if (bytes[0] !== 0) throw new OptionError(`type ${bytes[0]}, expected 0 (UUID)`);
    const swapped = Buffer.concat([reversed(bytes, 1, 5), reversed(bytes, 5, 7), reversed(bytes, 7, 9)]);
    const digits = swapped.toString('hex') + bytes.toString('hex', 9);
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  },
  encode(uuid) {
    const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
    return Buffer.concat([
      Buffer.from([0]),
      reversed(bytes, 0, 4),
      reversed(bytes, 4, 6),
      reversed(bytes, 6, 8),
      bytes.subarray(8),
    ]);
  },
};

/** SMBIOS stores the first three fields of a UUID little-endian, and DMI readers print them swapped. */
function reversed(bytes: Buffer, start: number, end: number): Buffer {
  return Buffer.from(bytes.subarray(start, end)).reverse();
}
