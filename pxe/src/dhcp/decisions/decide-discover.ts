import type { Ipv4 } from '../ipv4.ts';
import { isLive } from '../leases/lease.ts';
import { freeFrom, freeReservation, isFree } from './availability.ts';
import type { ClientCase, Decision } from './decision.ts';
import { leaseSeconds, newLease } from './new-lease.ts';

/** How long an offer keeps its address: firmware collects offers for seconds before it chooses. */
const offerSeconds = 30;

/** DISCOVER: offer an address and keep it for a moment (RFC 2131 section 4.3.1), or report that there is none. */
export function decideDiscover(situation: ClientCase): Decision {
  const address = chooseAddress(situation);
  if (address === undefined) return { kind: 'silent', reason: 'exhausted' };
  const { network, leases, client, now } = situation;
  const offer = { kind: 'offer', network, address, seconds: leaseSeconds(situation) } as const;
  const held = leases.at(address);
  const alreadyLeased = held?.state === 'leased' && held.client === client && isLive(held, now);
  return alreadyLeased ? offer : { ...offer, change: newLease(situation, address, 'offered', offerSeconds) };
}

/** RFC 2131 section 4.3.1 in order: reserved, current or former, already offered, asked for, any. */
function chooseAddress(situation: ClientCase): Ipv4 | undefined {
  const { leases, client, network, request, pools, now } = situation;
  const cidr = network.subnet.cidr;
  const wishes = [
    leases.bindingOf(client, cidr)?.address,
    leases.offerTo(client, cidr)?.address,
    request.requestedAddress,
  ];
  return (
    freeReservation(situation) ??
    wishes.find((address) => address !== undefined && isFree(situation, address)) ??
    pools.of(network).take(now, (address) => freeFrom(situation, address))
  );
}
