import type { Ipv4 } from '../ipv4.ts';
import type { Lease, LeaseState } from '../leases/lease.ts';
import { isBootClient } from './client-key.ts';
import type { ClientCase } from './decision.ts';

/** A client may ask for less than the network's time, but not for so little that it does nothing but renew. */
const shortestSeconds = 60;

/** Seconds to grant: boot loaders never renew and soon pass the NIC on, so theirs are short. */
export function leaseSeconds({ request, network }: ClientCase): number {
  const most = isBootClient(request) ? network.bootLeaseSeconds : network.leaseSeconds;
  const wanted = request.leaseTime ?? most;
  return Math.min(most, Math.max(wanted, Math.min(shortestSeconds, most)));
}

/** A record for this client; `seconds` is how long it holds. */
export function newLease(situation: ClientCase, address: Ipv4, state: LeaseState, seconds: number): Lease {
  const { client, request, network, now } = situation;
  return {
    address,
    client,
    mac: request.mac,
    network: network.subnet.cidr,
    state,
    expiresAt: now + seconds * 1000,
  };
}
