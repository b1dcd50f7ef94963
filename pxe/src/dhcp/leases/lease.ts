import type { Ipv4 } from '../ipv4.ts';
import type { MacAddress } from '../mac-address.ts';

/** Whom a lease belongs to: `mac:<address>` or `id:<hexadecimal client identifier>`. */
export type ClientKey = string;

/**
 * - `offered`: kept for a client that was sent an offer; in memory only
 * - `leased`: acknowledged
 * - `released`: given back, remembered so that the client gets the same address again
 * - `declined`: the client found it in use by someone else; nobody gets it until it expires
 */
export type LeaseState = 'offered' | 'leased' | 'released' | 'declined';

/** The bond between a client and an address. */
export interface Lease {
  readonly address: Ipv4;
  readonly client: ClientKey;
  readonly mac: MacAddress;
  /** The subnet in CIDR notation. */
  readonly network: string;
  readonly state: LeaseState;
  /** Milliseconds since 1970; from then on the address is free. */
  readonly expiresAt: number;
}

/** Whether the address may not be given to anyone else now. */
export function isLive(lease: Lease, now: number): boolean {
  return lease.state !== 'released' && lease.expiresAt > now;
}
