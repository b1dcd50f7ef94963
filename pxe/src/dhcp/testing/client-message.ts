import { parseIpv4 } from '../ipv4.ts';
import { option } from '../options/option-table.ts';
import { type DhcpPacket, messageType } from '../packet/dhcp-packet.ts';
import { type Arrival, type DhcpRequest, readRequest } from '../packet/dhcp-request.ts';
import { type EncodedOption, encodeOption } from '../packet/encode-packet.ts';

/** What a test says of a client's message; addresses as text. */
export interface ClientMessage {
  readonly type: keyof typeof messageType;
  readonly mac?: string;
  readonly ciaddr?: string;
  readonly giaddr?: string;
  readonly requested?: string;
  readonly serverId?: string;
  readonly xid?: number;
  readonly options?: readonly EncodedOption[];
}

/** The client most tests speak for. */
export const defaultMac = '52:54:00:00:00:01';

/** The message as a packet, ready to be encoded. */
export function clientPacket(message: ClientMessage): DhcpPacket {
  const { mac = defaultMac, requested, serverId } = message;
  return {
    op: 1,
    htype: 1,
    hops: message.giaddr ? 1 : 0,
    xid: message.xid ?? 0x1234,
    secs: 0,
    broadcast: false,
    ciaddr: parseIpv4(message.ciaddr ?? '0.0.0.0'),
    yiaddr: 0,
    siaddr: 0,
    giaddr: parseIpv4(message.giaddr ?? '0.0.0.0'),
    chaddr: Buffer.from(mac.replaceAll(':', ''), 'hex'),
    sname: '',
    file: '',
    options: new Map([
      encodeOption(option.messageType, messageType[message.type]),
      ...(requested ? [encodeOption(option.requestedAddress, parseIpv4(requested))] : []),
      ...(serverId ? [encodeOption(option.serverId, parseIpv4(serverId))] : []),
      ...(message.options ?? []),
    ]),
  };
}

/** The message as the decisions see it. */
export function clientRequest(message: ClientMessage, at = 0, arrival: Arrival = 'broadcast'): DhcpRequest {
  const request = readRequest(clientPacket(message), { arrival, receivedAt: at });
  if (typeof request === 'string') throw new Error(`not a client's message: ${request}`);
  return request;
}
