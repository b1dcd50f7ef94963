import { OptionError, type OptionFormat } from './option-format.ts';

/** Sub-options by code: relay agent information (RFC 3046 section 2.0), vendor data of PXE and of iPXE. */
export type Suboptions = ReadonlyMap<number, Buffer>;

/** Code, length, bytes; 0 pads and 255 ends where the encapsulating option allows them (RFC 2132 section 8.4). */
export const suboptionsFormat: OptionFormat<Suboptions> = {
  decode(bytes) {
    const found = new Map<number, Buffer>();
    let offset = 0;
    while (offset < bytes.length) {
      const code = bytes.readUInt8(offset);
      if (code === 255) break;
      if (code === 0) {
        offset += 1;
        continue;
      }
      const end = offset + 2 + (bytes[offset + 1] ?? bytes.length);
      if (end > bytes.length) throw new OptionError(`sub-option ${code} runs past the end`);
      found.set(code, bytes.subarray(offset + 2, end));
      offset = end;
    }
    return found;
  },
  encode: (suboptions) =>
    Buffer.concat([...suboptions].flatMap(([code, bytes]) => [Buffer.from([code, bytes.length]), bytes])),
};
