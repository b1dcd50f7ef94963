import { type Ipv4, subnetContains } from '../ipv4.ts';
import { type DhcpNetwork, isUsable } from '../networks/dhcp-network.ts';
import type { NetworkBook } from '../networks/network-book.ts';
import { messageType } from '../packet/dhcp-packet.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';
import { clientKey } from './client-key.ts';
import { decideDiscover } from './decide-discover.ts';
import { decideRequest } from './decide-request.ts';
import { decideDecline, decideRelease } from './decide-return.ts';
import type { ClientCase, Decision, DecisionContext } from './decision.ts';
import { selectedLink } from './server-id.ts';

const decisionByType: Readonly<Record<number, (situation: ClientCase) => Decision>> = {
  [messageType.discover]: decideDiscover,
  [messageType.request]: decideRequest,
  [messageType.release]: decideRelease,
  [messageType.decline]: decideDecline,
  [messageType.inform]: decideInform,
};

/** Says what to do about a message, touching neither sockets nor leases. */
export function decide(request: DhcpRequest, context: DecisionContext): Decision {
  const decideCase = decisionByType[request.type];
  if (!decideCase) return { kind: 'silent', reason: 'unsupported-message' };
  const network = networkFor(request, context);
  if (!network) return { kind: 'silent', reason: 'unknown-network' };
  const client = clientKey(request, network.subnet.cidr, context);
  return decideCase({ ...context, request, network, client });
}

/** INFORM: the client has an address by other means; one outside the network would make us send where it points. */
function decideInform({ network, request }: ClientCase): Decision {
  return isUsable(network, request.ciaddr)
    ? { kind: 'inform', network }
    : { kind: 'silent', reason: request.ciaddr === 0 ? 'missing-address' : 'unknown-network' };
}

/**
 * The wire the client is on: what a relay says, else for a message sent to us alone the client's own address (it may
 * have come through a router without a relay), else the interface's (RFC 2131 section 4.3.1).
 */
function networkFor(
  request: DhcpRequest,
  { networks, serverAddress }: { readonly networks: NetworkBook; readonly serverAddress: Ipv4 },
): DhcpNetwork | undefined {
  const link = selectedLink(request) ?? request.giaddr;
  if (link !== 0) return networks.networkOf(link);
  const local = networks.networkOf(serverAddress);
  if (request.arrival === 'broadcast' || request.ciaddr === 0) return local;
  return local && subnetContains(local.subnet, request.ciaddr) ? local : networks.networkOf(request.ciaddr);
}
