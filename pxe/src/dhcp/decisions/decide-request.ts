import type { Ipv4 } from '../ipv4.ts';
import { isUsable } from '../networks/dhcp-network.ts';
import { freeReservation, isFree, isTaken } from './availability.ts';
import type { ClientCase, Decision, NakReason, RequestState } from './decision.ts';
import { leaseSeconds, newLease } from './new-lease.ts';
import { isOurServerId } from './server-id.ts';

/** REQUEST, by the client's state (RFC 2131 section 4.3.2). */
export function decideRequest(situation: ClientCase): Decision {
  const { request } = situation;
  if (request.serverId !== undefined) return decideSelecting(situation);
  if (request.ciaddr !== 0) return decideExtending(situation);
  return decideInitReboot(situation);
}

/** The client took an offer: ours, or another server's, and then ours is withdrawn. */
function decideSelecting(situation: ClientCase): Decision {
  const { request, leases, client, network, serverAddress } = situation;
  if (!isOurServerId(request, serverAddress)) {
    const offer = leases.offerTo(client, network.subnet.cidr);
    return offer ? { kind: 'forget-offer', address: offer.address } : silent('foreign-server-id');
  }
  const address = request.requestedAddress;
  if (address === undefined || address === 0) return silent('missing-address');
  return isFree(situation, address)
    ? ack(situation, 'selecting', address)
    : refuse(situation, 'selecting', address);
}

/** The client rebooted and would like its address back; of one we never heard of nothing is said. */
function decideInitReboot(situation: ClientCase): Decision {
  const address = situation.request.requestedAddress;
  if (address === undefined || address === 0) return silent('missing-address');
  if (!isUsable(situation.network, address)) return nak('init-reboot', 'wrong-network');
  const expected = freeReservation(situation) ?? bindingAddress(situation);
  if (expected === undefined) {
    return isTaken(situation, address) ? nak('init-reboot', 'address-taken') : silent('no-binding');
  }
  if (expected !== address) return nak('init-reboot', 'not-your-address');
  return isFree(situation, address)
    ? ack(situation, 'init-reboot', address)
    : refuse(situation, 'init-reboot', address);
}

/**
 * The client is running and would like to keep its address. A reservation made meanwhile waits for its next boot:
 * taking the address from a running system would cut whatever it is doing.
 */
function decideExtending(situation: ClientCase): Decision {
  const { request, network } = situation;
  const state = request.arrival === 'unicast' ? 'renewing' : 'rebinding';
  const address = request.ciaddr;
  if (!isUsable(network, address)) return nak(state, 'wrong-network');
  const bound = bindingAddress(situation);
  if (bound !== undefined && bound !== address) return nak(state, 'not-your-address');
  return isFree(situation, address) ? ack(situation, state, address) : refuse(situation, state, address);
}

function bindingAddress({ leases, client, network }: ClientCase): Ipv4 | undefined {
  return leases.bindingOf(client, network.subnet.cidr)?.address;
}

function ack(situation: ClientCase, state: RequestState, address: Ipv4): Decision {
  const seconds = leaseSeconds(situation);
  const change = newLease(situation, address, 'leased', seconds);
  return { kind: 'ack', state, network: situation.network, address, seconds, change };
}

function refuse(situation: ClientCase, state: RequestState, address: Ipv4): Decision {
  const { network, networks, request } = situation;
  if (!isUsable(network, address)) return nak(state, 'wrong-network');
  if (isTaken(situation, address)) return nak(state, 'address-taken');
  const owner = networks.reservedFor(address);
  return nak(state, owner !== undefined && owner !== request.mac ? 'reserved-elsewhere' : 'not-your-address');
}

function nak(state: RequestState, reason: NakReason): Decision {
  return { kind: 'nak', state, reason };
}

function silent(reason: 'missing-address' | 'foreign-server-id' | 'no-binding'): Decision {
  return { kind: 'silent', reason };
}
