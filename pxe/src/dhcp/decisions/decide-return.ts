import { isLive } from '../leases/lease.ts';
import type { ClientCase, Decision } from './decision.ts';
import { newLease } from './new-lease.ts';
import { isOurServerId } from './server-id.ts';

/** How long an address that a client found in use rests: whoever sits on it was not told to by us. */
const quarantineSeconds = 3600;

/** RELEASE: the address is free at once, but stays the client's first choice (RFC 2131 section 4.3.4). Never answered. */
export function decideRelease(situation: ClientCase): Decision {
  const { request, serverAddress } = situation;
  if (!isOurServerId(request, serverAddress)) return { kind: 'silent', reason: 'foreign-server-id' };
  if (!holds(situation, request.ciaddr)) return { kind: 'silent', reason: 'not-your-lease' };
  return { kind: 'release', change: newLease(situation, request.ciaddr, 'released', 0) };
}

/** DECLINE: someone else uses the address, so nobody gets it for a while (RFC 2131 section 4.3.3). Never answered. */
export function decideDecline(situation: ClientCase): Decision {
  const { request, serverAddress } = situation;
  if (!isOurServerId(request, serverAddress)) return { kind: 'silent', reason: 'foreign-server-id' };
  const address = request.requestedAddress;
  if (address === undefined) return { kind: 'silent', reason: 'missing-address' };
  if (!holds(situation, address)) return { kind: 'silent', reason: 'not-your-lease' };
  return { kind: 'decline', change: newLease(situation, address, 'declined', quarantineSeconds) };
}

function holds({ leases, client, now }: ClientCase, address: number): boolean {
  const lease = leases.at(address);
  return lease?.state === 'leased' && lease.client === client && isLive(lease, now);
}
