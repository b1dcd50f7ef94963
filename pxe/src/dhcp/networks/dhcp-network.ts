import {
  AddressError,
  formatIpv4,
  type Ipv4,
  parseIpv4,
  parseSubnet,
  type Subnet,
  subnetContains,
} from '../ipv4.ts';

/** What an operator says about one network; addresses as text. */
export interface DhcpNetworkSettings {
  /** Such as `10.78.0.0/24`. */
  readonly subnet: string;
  /** First and last address of each range handed out to anyone; none means reservations only. */
  readonly ranges?: readonly { readonly first: string; readonly last: string }[];
  readonly gateway?: string | undefined;
  readonly dns?: readonly string[];
  readonly ntp?: readonly string[];
  readonly domain?: string | undefined;
  /** Seconds; 1800 unless told. */
  readonly leaseSeconds?: number;
  /** Seconds for clients that are boot loaders, which never renew; 180 unless told. */
  readonly bootLeaseSeconds?: number;
}

/** The same, parsed and checked. */
export interface DhcpNetwork {
  readonly subnet: Subnet;
  readonly ranges: readonly AddressRange[];
  readonly gateway: Ipv4 | undefined;
  readonly dns: readonly Ipv4[];
  readonly ntp: readonly Ipv4[];
  readonly domain: string | undefined;
  readonly leaseSeconds: number;
  readonly bootLeaseSeconds: number;
}

/** Consecutive addresses, both ends included. */
export interface AddressRange {
  readonly first: Ipv4;
  readonly last: Ipv4;
}

/** Checks settings; throws an AddressError that names the field and what would be right. */
export function parseNetwork(settings: DhcpNetworkSettings): DhcpNetwork {
  const subnet = parseSubnet(settings.subnet);
  const gateway = settings.gateway === undefined ? undefined : parseIpv4(settings.gateway);
  return {
    subnet,
    ranges: (settings.ranges ?? []).map(({ first, last }) => parseRange(subnet, first, last)),
    gateway,
    dns: (settings.dns ?? []).map(parseIpv4),
    ntp: (settings.ntp ?? []).map(parseIpv4),
    domain: settings.domain,
    leaseSeconds: checkSeconds('leaseSeconds', settings.leaseSeconds ?? 1800),
    bootLeaseSeconds: checkSeconds('bootLeaseSeconds', settings.bootLeaseSeconds ?? 180),
  };
}

function parseRange(subnet: Subnet, firstText: string, lastText: string): AddressRange {
  const range = { first: parseIpv4(firstText), last: parseIpv4(lastText) };
  const name = `range ${firstText}-${lastText}`;
  if (range.first > range.last) throw new AddressError(`${name}: the first address is above the last`);
  if (range.first <= subnet.base || range.last >= subnet.broadcast) {
    const allowed = `${formatIpv4(subnet.base + 1)}-${formatIpv4(subnet.broadcast - 1)}`;
    throw new AddressError(`${name} does not lie in ${subnet.cidr}; choose within ${allowed}`);
  }
  return range;
}

function checkSeconds(field: string, seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds < 0xffffffff) return seconds;
  throw new AddressError(`${field} is ${seconds}; write whole seconds from 1 to 4294967294`);
}

/** Whether the address may be handed out to a client without a reservation. */
export function isDynamic(network: DhcpNetwork, address: Ipv4): boolean {
  return (
    address !== network.gateway &&
    network.ranges.some(({ first, last }) => address >= first && address <= last)
  );
}

/** Whether the address can belong to a client of this network at all. */
export function isUsable({ subnet }: DhcpNetwork, address: Ipv4): boolean {
  return subnetContains(subnet, address) && address !== subnet.base && address !== subnet.broadcast;
}
