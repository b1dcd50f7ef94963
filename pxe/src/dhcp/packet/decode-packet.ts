import { option } from '../options/option-table.ts';
import { OptionCollector } from './decode-options.ts';
import { type DhcpPacket, layout, MalformedPacketError, magicCookie } from './dhcp-packet.ts';

/** Reads a datagram; throws MalformedPacketError and nothing else, whatever the bytes. The result shares their memory. */
export function decodePacket(bytes: Buffer): DhcpPacket {
  if (bytes.length < layout.options) {
    throw new MalformedPacketError('too-short', `${bytes.length} bytes, a message has at least 240`);
  }
  if (bytes.readUInt32BE(layout.cookie) !== magicCookie) {
    throw new MalformedPacketError('bad-cookie', 'no DHCP magic cookie');
  }
  const hardwareLength = bytes.readUInt8(2);
  if (hardwareLength > 16) {
    throw new MalformedPacketError('bad-hardware-length', `hlen ${hardwareLength}, at most 16`);
  }
  return {
    op: bytes.readUInt8(0),
    htype: bytes.readUInt8(1),
    hops: bytes.readUInt8(3),
    xid: bytes.readUInt32BE(4),
    secs: bytes.readUInt16BE(8),
    broadcast: bytes.readUInt8(10) >= 0x80,
    ciaddr: bytes.readUInt32BE(12),
    yiaddr: bytes.readUInt32BE(16),
    siaddr: bytes.readUInt32BE(20),
    giaddr: bytes.readUInt32BE(24),
    chaddr: bytes.subarray(layout.chaddr, layout.chaddr + hardwareLength),
    ...readOptionsAndNames(bytes),
  };
}

/** Option 52 says whether `file` (1), `sname` (2) or both (3) hold options; `file` is read first (RFC 2131 section 4.1). */
function readOptionsAndNames(bytes: Buffer): Pick<DhcpPacket, 'options' | 'sname' | 'file'> {
  const collector = new OptionCollector();
  collector.addArea(bytes.subarray(layout.options));
  const overload = overloadOf(collector);
  const fileArea = bytes.subarray(layout.file, layout.cookie);
  const snameArea = bytes.subarray(layout.sname, layout.file);
  if (overload & 1) collector.addArea(fileArea);
  if (overload & 2) collector.addArea(snameArea);
  return {
    options: collector.options(),
    file: overload & 1 ? '' : zeroTerminated(fileArea),
    sname: overload & 2 ? '' : zeroTerminated(snameArea),
  };
}

function overloadOf(collector: OptionCollector): number {
  const bytes = collector.first(option.overload.code);
  if (bytes === undefined) return 0;
  const value = bytes[0] ?? 0;
  if (bytes.length !== 1 || value < 1 || value > 3) {
    throw new MalformedPacketError('bad-overload', 'option 52 must be 1, 2 or 3');
  }
  return value;
}

function zeroTerminated(area: Buffer): string {
  const zero = area.indexOf(0);
  return zero === 0 ? '' : area.toString('latin1', 0, zero < 0 ? area.length : zero);
}
