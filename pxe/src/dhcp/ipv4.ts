import ipaddr from 'ipaddr.js';

/** An IPv4 address as an unsigned 32-bit number in host order; 0 stands for "none", as in the header fields. */
export type Ipv4 = number;

/** The text is not a dotted IPv4 address or subnet; the message names it. */
export class AddressError extends Error {
  readonly code = 'dhcp.bad_address';
}

/** Reads `a.b.c.d`; anything else, octal and hexadecimal parts included, throws an AddressError. */
export function parseIpv4(text: string): Ipv4 {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) {
    throw new AddressError(`'${text}' is not an IPv4 address; write four decimal numbers such as 10.78.0.1`);
  }
  return bytesToIpv4(ipaddr.IPv4.parse(text).octets);
}

/** Writes an address as `a.b.c.d`. */
export function formatIpv4(address: Ipv4): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

function bytesToIpv4(octets: readonly number[]): Ipv4 {
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** A subnet with its derived addresses; `base` and `broadcast` are never handed out. */
export interface Subnet {
  readonly cidr: string;
  readonly base: Ipv4;
  readonly prefix: number;
  readonly mask: Ipv4;
  readonly broadcast: Ipv4;
}

/** Reads `a.b.c.d/n` with 1 <= n <= 30; host bits may be set and are dropped. */
export function parseSubnet(text: string): Subnet {
  const [address = '', length = ''] = text.split('/');
  const prefix = /^\d{1,2}$/.test(length) ? Number(length) : 0;
  if (prefix < 1 || prefix > 30) {
    throw new AddressError(
      `'${text}' is not a usable subnet; write one such as 10.78.0.0/24 (prefix 1 to 30)`,
    );
  }
  const mask = prefixMask(prefix);
  const base = (parseIpv4(address) & mask) >>> 0;
  return { cidr: `${formatIpv4(base)}/${prefix}`, base, prefix, mask, broadcast: (base | ~mask) >>> 0 };
}

/** The network mask of a prefix length between 1 and 32. */
export function prefixMask(prefix: number): Ipv4 {
  return (0xffffffff << (32 - prefix)) >>> 0;
}

/** Whether the address lies in the subnet, its first and last address included. */
export function subnetContains(subnet: Subnet, address: Ipv4): boolean {
  return (address & subnet.mask) >>> 0 === subnet.base;
}
