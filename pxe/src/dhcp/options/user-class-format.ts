import { OptionError, type OptionFormat } from './option-format.ts';

/**
 * User classes, each behind a length byte (RFC 3004 section 4). iPXE and gPXE send one bare word instead, so bytes
 * whose lengths do not add up are one class.
 */
export const userClassFormat: OptionFormat<readonly string[]> = {
  decode(bytes) {
    if (bytes.length === 0) throw new OptionError('length 0, expected at least one user class');
    return readCounted(bytes) ?? [bytes.toString('latin1').replace(/\0+$/, '')];
  },
  encode: (classes) =>
    Buffer.concat(classes.flatMap((name) => [Buffer.from([name.length]), Buffer.from(name, 'latin1')])),
};

function readCounted(bytes: Buffer): string[] | undefined {
  const classes: string[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const length = bytes.readUInt8(offset);
    const end = offset + 1 + length;
    if (length === 0 || end > bytes.length) return undefined;
    classes.push(bytes.toString('latin1', offset + 1, end));
    offset = end;
  }
  return classes;
}
