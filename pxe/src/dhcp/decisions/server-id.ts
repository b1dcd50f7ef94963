import type { Ipv4 } from '../ipv4.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';

/** Sub-options of option 82 that change an answer. */
const linkSelection = 5;
const serverIdOverride = 11;

/** The address a relay wants named as the server, so that renewals come through it (RFC 5107), else our own. */
export function serverIdFor(request: DhcpRequest, serverAddress: Ipv4): Ipv4 {
  return relayAddress(request, serverIdOverride) ?? serverAddress;
}

/** Whether a client that names this server means us. */
export function isOurServerId(request: DhcpRequest, serverAddress: Ipv4): boolean {
  return request.serverId === serverAddress || request.serverId === serverIdFor(request, serverAddress);
}

/** The link a relay says the client is on, when that is not the one its own address is of (RFC 3527). */
export function selectedLink(request: DhcpRequest): Ipv4 | undefined {
  return relayAddress(request, linkSelection);
}

function relayAddress(request: DhcpRequest, code: number): Ipv4 | undefined {
  const bytes = request.relayAgent?.get(code);
  return bytes?.length === 4 ? bytes.readUInt32BE(0) : undefined;
}
