import type { OptionDefinition } from '../options/option-format.ts';
import { type DhcpPacket, layout, magicCookie, type OptionBytes } from './dhcp-packet.ts';

/** BOOTP relays and some ROMs drop anything shorter (RFC 1542 section 2.1). */
const minimumLength = 300;

/** Bytes of an Ethernet frame's payload that are not DHCP's: IP and UDP headers. */
const ipAndUdpHeaders = 28;

/** An option ready to be put on the wire. */
export type EncodedOption = readonly [code: number, bytes: Buffer];

/** Lays out a value by its definition. */
export function encodeOption<Value>(definition: OptionDefinition<Value>, value: Value): EncodedOption {
  return [definition.code, definition.format.encode(value)];
}

/**
 * Writes a message. Options go out in the map's order, those above 255 bytes in several parts (RFC 3396). Options
 * from the end of the list are left out, but for the last (option 82, RFC 3046 section 2.1), until the datagram
 * fits in `maxMessageSize` bytes, IP and UDP headers included (RFC 2132 section 9.10).
 */
export function encodePacket(packet: DhcpPacket, maxMessageSize = 576): Buffer {
  const room = Math.max(maxMessageSize, 576) - ipAndUdpHeaders - layout.options - 1;
  const area = encodeArea(fitting(packet.options, room));
  const length = Math.max(minimumLength, layout.options + area.length + 1);
  const bytes = Buffer.alloc(length);
  writeHeader(packet, bytes);
  area.copy(bytes, layout.options);
  bytes.writeUInt8(255, layout.options + area.length);
  return bytes;
}

function writeHeader(packet: DhcpPacket, bytes: Buffer): void {
  bytes.writeUInt8(packet.op, 0);
  bytes.writeUInt8(packet.htype, 1);
  bytes.writeUInt8(packet.chaddr.length, 2);
  bytes.writeUInt8(packet.hops, 3);
  bytes.writeUInt32BE(packet.xid, 4);
  bytes.writeUInt16BE(packet.secs, 8);
  bytes.writeUInt16BE(packet.broadcast ? 0x8000 : 0, 10);
  bytes.writeUInt32BE(packet.ciaddr, 12);
  bytes.writeUInt32BE(packet.yiaddr, 16);
  bytes.writeUInt32BE(packet.siaddr, 20);
  bytes.writeUInt32BE(packet.giaddr, 24);
  packet.chaddr.copy(bytes, layout.chaddr);
  bytes.write(packet.sname, layout.sname, 63, 'latin1');
  bytes.write(packet.file, layout.file, 127, 'latin1');
  bytes.writeUInt32BE(magicCookie, layout.cookie);
}

function fitting(options: OptionBytes, room: number): EncodedOption[] {
  const entries = [...options];
  let size = entries.reduce((sum, [, bytes]) => sum + wireLength(bytes), 0);
  while (size > room && entries.length > 1) {
    const [dropped] = entries.splice(entries.length - 2, 1);
    size -= dropped ? wireLength(dropped[1]) : 0;
  }
  return entries;
}

function wireLength(bytes: Buffer): number {
  return bytes.length + 2 * Math.max(1, Math.ceil(bytes.length / 255));
}

function encodeArea(options: readonly EncodedOption[]): Buffer {
  return Buffer.concat(
    options.flatMap(([code, bytes]) =>
      chunks(bytes).flatMap((chunk) => [Buffer.from([code, chunk.length]), chunk]),
    ),
  );
}

function chunks(bytes: Buffer): Buffer[] {
  if (bytes.length <= 255) return [bytes];
  return [bytes.subarray(0, 255), ...chunks(bytes.subarray(255))];
}
