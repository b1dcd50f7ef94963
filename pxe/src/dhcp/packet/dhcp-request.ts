import type { Ipv4 } from '../ipv4.ts';
import { formatMac, type MacAddress } from '../mac-address.ts';
import { option } from '../options/option-table.ts';
import type { Suboptions } from '../options/suboptions-format.ts';
import { type DhcpPacket, MalformedPacketError, readLenientOption, readOption } from './dhcp-packet.ts';

/** Whether the datagram was sent to everyone on the wire or to this server's own address. */
export type Arrival = 'broadcast' | 'unicast';

/** How a datagram came in. */
export interface Reception {
  readonly arrival: Arrival;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** A client's message with every option the decisions need, read once at the edge. */
export interface DhcpRequest extends Reception {
  readonly packet: DhcpPacket;
  /** Value of option 53. */
  readonly type: number;
  readonly mac: MacAddress;
  readonly ciaddr: Ipv4;
  readonly giaddr: Ipv4;
  readonly serverId: Ipv4 | undefined;
  readonly requestedAddress: Ipv4 | undefined;
  /** Seconds the client would like. */
  readonly leaseTime: number | undefined;
  readonly clientId: Buffer | undefined;
  readonly parameterList: Buffer | undefined;
  readonly maxMessageSize: number | undefined;
  readonly hostName: string | undefined;
  readonly vendorClass: string;
  readonly userClass: readonly string[];
  readonly architectures: readonly number[];
  readonly uuid: string | undefined;
  readonly relayAgent: Suboptions | undefined;
  readonly isIpxe: boolean;
  readonly isPxeClient: boolean;
  readonly isHttpClient: boolean;
}

/** What a packet that is well-formed but not for this server is ignored for. */
export type ForeignReason = 'not-a-request' | 'bootp' | 'unsupported-hardware';

/** Reads a client's message, or says why it is none; a broken option that decides the answer throws MalformedPacketError. */
export function readRequest(packet: DhcpPacket, reception: Reception): DhcpRequest | ForeignReason {
  const { options } = packet;
  if (packet.op !== 1) return 'not-a-request';
  if (packet.htype !== 1 || packet.chaddr.length !== 6) return 'unsupported-hardware';
  // A group or all-zero address cannot be a client's own (IEEE 802 section 8.2).
  if ((packet.chaddr.readUInt8(0) & 1) === 1 || packet.chaddr.every((byte) => byte === 0)) {
    return 'unsupported-hardware';
  }
  const type = readOption(options, option.messageType);
  if (type === undefined) return 'bootp';
  return {
    packet,
    ...reception,
    type,
    mac: formatMac(packet.chaddr),
    ciaddr: packet.ciaddr,
    giaddr: packet.giaddr,
    serverId: readOption(options, option.serverId),
    requestedAddress: readOption(options, option.requestedAddress),
    clientId: clientIdOf(packet),
    relayAgent: readLenientOption(options, option.relayAgent),
    leaseTime: readLenientOption(options, option.leaseTime),
    parameterList: readLenientOption(options, option.parameterList),
    maxMessageSize: readLenientOption(options, option.maxMessageSize),
    hostName: readLenientOption(options, option.hostName),
    ...describeClient(packet),
  };
}

/** RFC 2132 section 9.14: at least a type byte and one more. */
function clientIdOf(packet: DhcpPacket): Buffer | undefined {
  const id = readOption(packet.options, option.clientId);
  if (id !== undefined && id.length < 2) {
    throw new MalformedPacketError('bad-option-value', 'option 61: length 1, expected at least 2');
  }
  return id;
}

function describeClient({ options }: DhcpPacket) {
  const vendorClass = readLenientOption(options, option.vendorClass) ?? '';
  const userClass = readLenientOption(options, option.userClass) ?? [];
  return {
    vendorClass,
    userClass,
    architectures: readLenientOption(options, option.architectures) ?? [],
    uuid: readLenientOption(options, option.machineId),
    // Stock iPXE names itself in the user class and, even when a script overrides that, always sends option 175.
    isIpxe: userClass.includes('iPXE') || options.has(option.ipxe.code),
    isPxeClient: vendorClass.startsWith('PXEClient'),
    isHttpClient: vendorClass.startsWith('HTTPClient'),
  };
}
