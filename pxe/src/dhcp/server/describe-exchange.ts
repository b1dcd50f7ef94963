import { formatIpv4 } from '../ipv4.ts';
import { knownArchitecture } from '../networks/architecture.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';
import type { Grant } from '../replies/build-reply.ts';
import type { Exchange, Granted } from './dhcp-event.ts';

/** The fields every event about a client's message has. */
export function exchangeOf({ receivedAt, mac, packet, giaddr }: DhcpRequest): Exchange {
  const exchange = { receivedAt, mac, xid: packet.xid };
  return giaddr === 0 ? exchange : { ...exchange, relay: formatIpv4(giaddr) };
}

/** The fields of an offer's or an ACK's event. */
export function grantedOf(request: DhcpRequest, grant: Grant): Granted {
  const { vendorClass, userClass, architectures, uuid, isIpxe } = request;
  return {
    ...exchangeOf(request),
    address: formatIpv4(grant.address),
    network: grant.network.subnet.cidr,
    leaseSeconds: grant.seconds,
    bootFile: grant.boot?.bootFile,
    vendorClass,
    userClass,
    architectures,
    firmware: knownArchitecture(architectures)?.firmware,
    uuid,
    isIpxe,
  };
}
