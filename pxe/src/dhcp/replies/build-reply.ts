import { serverIdFor } from '../decisions/server-id.ts';
import type { Ipv4 } from '../ipv4.ts';
import type { DhcpNetwork } from '../networks/dhcp-network.ts';
import { option } from '../options/option-table.ts';
import { type DhcpPacket, messageType, op } from '../packet/dhcp-packet.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';
import { type EncodedOption, encodeOption } from '../packet/encode-packet.ts';
import type { BootAnswer } from './boot-backend.ts';
import { bootFields, bootOptions } from './boot-options.ts';

/** An address given, with all that goes with it. */
export interface Grant {
  readonly kind: 'offer' | 'ack';
  readonly network: DhcpNetwork;
  readonly address: Ipv4;
  readonly seconds: number;
  readonly hostName: string | undefined;
  readonly boot: BootAnswer | null;
}

/** OFFER or ACK (RFC 2131 table 3). */
export function buildGrant(request: DhcpRequest, grant: Grant, serverAddress: Ipv4): DhcpPacket {
  const wants = wantedBy(request);
  const { boot } = grant;
  return {
    ...replyHeader(request),
    ciaddr: grant.kind === 'ack' ? request.ciaddr : 0,
    yiaddr: grant.address,
    ...(boot ? bootFields(boot, serverAddress) : {}),
    options: collect(request, serverAddress, messageType[grant.kind], [
      encodeOption(option.leaseTime, grant.seconds),
      ...(wants(option.renewalTime.code)
        ? [encodeOption(option.renewalTime, Math.floor(grant.seconds / 2))]
        : []),
      ...(wants(option.rebindingTime.code)
        ? [encodeOption(option.rebindingTime, Math.floor((grant.seconds * 7) / 8))]
        : []),
      ...networkOptions(grant.network, wants),
      ...(grant.hostName !== undefined && wants(option.hostName.code)
        ? [encodeOption(option.hostName, grant.hostName)]
        : []),
      ...(boot ? bootOptions(request, boot, wants) : []),
    ]),
  };
}

/** ACK to an INFORM: configuration without an address or a lease (RFC 2131 section 4.3.5). */
export function buildInformAck(request: DhcpRequest, network: DhcpNetwork, serverAddress: Ipv4): DhcpPacket {
  return {
    ...replyHeader(request),
    ciaddr: request.ciaddr,
    options: collect(request, serverAddress, messageType.ack, networkOptions(network, wantedBy(request))),
  };
}

/** NAK: through a relay it must be broadcast there, for the client may have no right address (RFC 2131 section 4.3.2). */
export function buildNak(request: DhcpRequest, message: string, serverAddress: Ipv4): DhcpPacket {
  const header = replyHeader(request);
  return {
    ...header,
    broadcast: header.broadcast || request.giaddr !== 0,
    options: collect(request, serverAddress, messageType.nak, [encodeOption(option.message, message)]),
  };
}

function replyHeader({ packet }: DhcpRequest): Omit<DhcpPacket, 'options'> {
  const { htype, xid, broadcast, giaddr, chaddr } = packet;
  const nothing = { hops: 0, secs: 0, ciaddr: 0, yiaddr: 0, siaddr: 0, sname: '', file: '' };
  return { ...nothing, op: op.reply, htype, xid, broadcast, giaddr, chaddr };
}

/** Client identifier (RFC 6842) and relay information (RFC 3046 section 2.2, last) go back as they came. */
function collect(
  request: DhcpRequest,
  serverAddress: Ipv4,
  type: number,
  options: readonly EncodedOption[],
): Map<number, Buffer> {
  const echoed = [option.clientId.code, option.relayAgent.code].flatMap((code): EncodedOption[] => {
    const bytes = request.packet.options.get(code);
    return bytes ? [[code, bytes]] : [];
  });
  return new Map([
    encodeOption(option.messageType, type),
    encodeOption(option.serverId, serverIdFor(request, serverAddress)),
    ...options,
    ...echoed,
  ]);
}

function networkOptions(network: DhcpNetwork, wants: (code: number) => boolean): EncodedOption[] {
  const { subnet, gateway, dns, ntp, domain } = network;
  return [
    encodeOption(option.subnetMask, subnet.mask),
    ...(gateway !== undefined ? [encodeOption(option.routers, [gateway])] : []),
    ...(dns.length > 0 && wants(option.nameServers.code) ? [encodeOption(option.nameServers, dns)] : []),
    ...(domain !== undefined && wants(option.domainName.code)
      ? [encodeOption(option.domainName, domain)]
      : []),
    ...(wants(option.broadcastAddress.code) ? [encodeOption(option.broadcastAddress, subnet.broadcast)] : []),
    ...(ntp.length > 0 && wants(option.timeServers.code) ? [encodeOption(option.timeServers, ntp)] : []),
  ];
}

/** A client without a parameter request list gets everything (RFC 2131 section 4.3.1). */
function wantedBy({ parameterList }: DhcpRequest): (code: number) => boolean {
  return (code) => parameterList === undefined || parameterList.includes(code);
}
