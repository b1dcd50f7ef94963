import { operation, type TftpOptions, type TftpPacket } from './tftp-packet.ts';

/** A request may not be longer (RFC 2347), which also bounds how much work one datagram can cause. */
const longestRequest = 512;

/** Reads a datagram; undefined when it is no TFTP packet. Never throws. The result shares the datagram's memory. */
export function decodeTftp(bytes: Buffer): TftpPacket | undefined {
  if (bytes.length < 4) return undefined;
  const number = bytes.readUInt16BE(2);
  switch (bytes.readUInt16BE(0)) {
    case operation.read:
      return decodeRequest('read', bytes);
    case operation.write:
      return decodeRequest('write', bytes);
    case operation.data:
      return { kind: 'data', block: number, data: bytes.subarray(4) };
    case operation.ack:
      return { kind: 'ack', block: number };
    case operation.error:
      return { kind: 'error', code: number, message: bytes.toString('latin1', 4).replace(/\0.*$/s, '') };
    case operation.oack:
      return decodeOack(bytes);
    default:
      return undefined;
  }
}

function decodeRequest(kind: 'read' | 'write', bytes: Buffer): TftpPacket | undefined {
  const [file, mode, ...rest] = decodeStrings(bytes) ?? [];
  if (bytes.length > longestRequest || !file || !mode) return undefined;
  return { kind, file, mode: mode.toLowerCase(), options: pairOptions(rest) };
}

function decodeOack(bytes: Buffer): TftpPacket | undefined {
  const strings = decodeStrings(bytes);
  return strings && { kind: 'oack', options: pairOptions(strings) };
}

/** The zero-terminated strings behind the operation; undefined when the last one has no end. */
function decodeStrings(bytes: Buffer): string[] | undefined {
  if (bytes[bytes.length - 1] !== 0) return undefined;
  return bytes.toString('utf8', 2, bytes.length - 1).split('\0');
}

/** An option named twice keeps its first value; one without a value is not an option. */
function pairOptions(strings: readonly string[]): TftpOptions {
  const options = new Map<string, string>();
  for (let index = 0; index + 1 < strings.length; index += 2) {
    const [name = '', value = ''] = strings.slice(index, index + 2);
    if (name !== '' && !options.has(name)) options.set(name, value);
  }
  return options;
}
