import { formatIpv4 } from '../ipv4.ts';
import { option } from '../options/option-table.ts';
import { type DhcpPacket, messageType } from '../packet/dhcp-packet.ts';

/** Where a reply goes; `relay` is a port of a DHCP server, the others of a client. */
export interface Destination {
  readonly to: 'relay' | 'client' | 'everyone';
  readonly address: string;
}

/**
 * RFC 2131 section 4.1, but for one case: a client without an address is answered by broadcast even when its
 * broadcast flag is unset, for a unicast would need its hardware address put into the kernel's neighbour table first.
 */
export function destinationOf(reply: DhcpPacket): Destination {
  if (reply.giaddr !== 0) return { to: 'relay', address: formatIpv4(reply.giaddr) };
  const isNak = reply.options.get(option.messageType.code)?.[0] === messageType.nak;
  if (!isNak && reply.ciaddr !== 0) return { to: 'client', address: formatIpv4(reply.ciaddr) };
  return { to: 'everyone', address: '255.255.255.255' };
}
