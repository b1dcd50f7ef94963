import type { AddressRange, Lease } from '../api/types.ts';

/** An IPv4 address as a number; NaN for anything else. */
export function addressNumber(address: string): number {
  const parts = address.split('.').map(Number);
  const valid =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  return valid ? parts.reduce((sum, part) => sum * 256 + part, 0) : Number.NaN;
}

export interface RangeUsage {
  size: number;
  leased: number;
  percent: number;
}

/** How much of a range is leased out. */
export function rangeUsage(range: AddressRange, leases: readonly Lease[]): RangeUsage {
  const first = addressNumber(range.first);
  const last = addressNumber(range.last);
  const size = Math.max(0, last - first + 1);
  const leased = leases.filter(({ address }) => {
    const number = addressNumber(address);
    return number >= first && number <= last;
  }).length;
  return { size, leased, percent: size === 0 ? 0 : (leased / size) * 100 };
}
