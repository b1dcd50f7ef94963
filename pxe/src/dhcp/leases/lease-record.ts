import { AddressError, formatIpv4, parseIpv4 } from '../ipv4.ts';
import type { Lease, LeaseState } from './lease.ts';

/** First line of every journal; another version is refused, never guessed at. */
export const journalHeader = '{"format":"halligan-leases","version":1}';

const durableStates: ReadonlySet<unknown> = new Set<LeaseState>(['leased', 'released', 'declined']);

/** One lease as one line of the journal, without its newline. */
export function formatRecord(lease: Lease): string {
  return JSON.stringify({ ...lease, address: formatIpv4(lease.address) });
}

/** Reads a line; undefined when it is torn or was never a lease. */
export function parseRecord(line: string): Lease | undefined {
  try {
    return checkRecord(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof AddressError) return undefined;
    throw error;
  }
}

function checkRecord(value: unknown): Lease | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { address, client, mac, network, state, expiresAt } = value as Record<string, unknown>;
  const texts = [address, client, mac, network].every((text) => typeof text === 'string');
  if (!texts || !durableStates.has(state) || !Number.isFinite(expiresAt)) return undefined;
  return { ...(value as Lease), address: parseIpv4(String(address)) };
}
