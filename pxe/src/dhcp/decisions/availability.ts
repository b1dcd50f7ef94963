import type { Ipv4 } from '../ipv4.ts';
import { isLive, type Lease } from '../leases/lease.ts';
import { isDynamic, isUsable } from '../networks/dhcp-network.ts';
import type { ClientCase } from './decision.ts';

const never = Number.POSITIVE_INFINITY;

/** From when on this client may have the address, in milliseconds since 1970; 0 when at once, infinite when never. */
export function freeFrom(situation: ClientCase, address: Ipv4): number {
  return isAllowed(situation, address) ? unheldFrom(situation, address) : never;
}

/** Whether the client may have the address now. */
export function isFree(situation: ClientCase, address: Ipv4): boolean {
  return freeFrom(situation, address) <= situation.now;
}

/** Whether a live record of someone else stands on the address. */
export function isTaken(situation: ClientCase, address: Ipv4): boolean {
  return unheldFrom(situation, address) > situation.now;
}

function isAllowed({ networks, network, request, serverAddress }: ClientCase, address: Ipv4): boolean {
  if (!isUsable(network, address) || address === serverAddress) return false;
  const owner = networks.reservedFor(address);
  return owner === undefined ? isDynamic(network, address) : owner === request.mac;
}

function unheldFrom(situation: ClientCase, address: Ipv4): number {
  const lease = situation.leases.at(address);
  if (!lease || !isLive(lease, situation.now)) return 0;
  return isOwn(situation, lease) ? 0 : lease.expiresAt;
}

/** A NIC that became known takes over what it held under a client identifier; an address it declined is nobody's. */
function isOwn({ client, request }: ClientCase, lease: Lease): boolean {
  if (lease.state === 'declined') return false;
  return lease.client === client || (client.startsWith('mac:') && lease.mac === request.mac);
}

/** The client's reserved address in this network, when nobody else sits on it. */
export function freeReservation(situation: ClientCase): Ipv4 | undefined {
  const address = situation.networks.reservation(situation.request.mac, situation.network);
  return address !== undefined && isFree(situation, address) ? address : undefined;
}
