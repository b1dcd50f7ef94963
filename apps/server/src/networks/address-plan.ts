import { formatIpv4, type Ipv4, parseIpv4, parseSubnet } from '@halligan/pxe/dhcp';
import type { AddressRangeFacts } from './network-facts.ts';

/** The smallest network that has room for the admin server, booting machines and installed nodes. */
export const SMALLEST_PREFIX = 28;

interface Span {
  first: Ipv4;
  last: Ipv4;
}

/**
 * Divides a network by purpose: its beginning (a sixteenth, at most 16 addresses) for the admin server and its like,
 * its last third for machines that boot (dhcp), what lies between for installed nodes (host). The admin server's own
 * address is never in a dhcp or host range.
 */
export function planRanges(cidr: string, ownAddress: string): AddressRangeFacts[] {
  const subnet = parseSubnet(cidr);
  if (subnet.prefix > SMALLEST_PREFIX) throw new NetworkTooSmallError(cidr);
  const first = subnet.base + 1;
  const last = subnet.broadcast - 1;
  const size = last - first + 1;
  const hostFrom = first + Math.min(16, Math.max(1, Math.floor(size / 16)));
  const dhcpFrom = last - Math.floor(size / 3) + 1;
  const own = parseIpv4(ownAddress);
  return [
    range('admin', { first, last: hostFrom - 1 }),
    ...without({ first: hostFrom, last: dhcpFrom - 1 }, own).map((span) => range('host', span)),
    ...without({ first: dhcpFrom, last }, own).map((span) => range('dhcp', span)),
  ];
}

/** The boot interface's network cannot hold a deployment. */
export class NetworkTooSmallError extends Error {
  readonly code = 'network.too_small';

  constructor(cidr: string) {
    super(
      `The network ${cidr} is too small to boot machines in. Give the boot interface an address with a prefix of /${SMALLEST_PREFIX} or shorter.`,
    );
  }
}

function range(purpose: AddressRangeFacts['purpose'], { first, last }: Span): AddressRangeFacts {
  return { purpose, first: formatIpv4(first), last: formatIpv4(last) };
}

function without({ first, last }: Span, own: Ipv4): Span[] {
  if (own < first || own > last) return [{ first, last }];
  return [
    { first, last: own - 1 },
    { first: own + 1, last },
  ].filter((span) => span.first <= span.last);
}
