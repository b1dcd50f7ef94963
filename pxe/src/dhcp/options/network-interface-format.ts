import { type OptionFormat, requireLength } from './option-format.ts';

/** The client's UNDI version: type 1, major, minor (RFC 4578 section 2.2). */
export interface NetworkInterfaceIdentifier {
  readonly type: number;
  readonly major: number;
  readonly minor: number;
}

/** Three bytes: type, major and minor version. */
export const networkInterfaceFormat: OptionFormat<NetworkInterfaceIdentifier> = {
  decode(bytes) {
    requireLength(bytes, 3);
    return { type: bytes.readUInt8(0), major: bytes.readUInt8(1), minor: bytes.readUInt8(2) };
  },
  encode: ({ type, major, minor }) => Buffer.from([type, major, minor]),
};
