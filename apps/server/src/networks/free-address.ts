import { formatIpv4, type Ipv4, parseIpv4 } from '@halligan/pxe/dhcp';
import type { AddressRangeFacts } from './network-facts.ts';

/**
 * The addresses of the ranges in the order in which they should be tried: from the one after `latest` to the end,
 * then from the start. A network that fills up in order finds its next address at the first try, and an address given
 * back is the last to be used again.
 */
export function* candidates(ranges: readonly AddressRangeFacts[], latest: string | null): Generator<string> {
  const spans = ranges
    .map(({ first, last }) => ({ first: parseIpv4(first), last: parseIpv4(last) }))
    .sort((a, b) => a.first - b.first);
  const pivot = latest === null ? 0 : parseIpv4(latest) + 1;
  yield* addresses(spans, pivot, Number.POSITIVE_INFINITY);
  yield* addresses(spans, 0, pivot - 1);
}

/** The candidates in portions, for one query each. */
export function* portions<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let portion: T[] = [];
  for (const item of items) {
    portion.push(item);
    if (portion.length < size) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

function* addresses(spans: readonly { first: Ipv4; last: Ipv4 }[], from: Ipv4, to: Ipv4): Generator<string> {
  for (const { first, last } of spans)
    for (let address = Math.max(first, from); address <= Math.min(last, to); address += 1)
      yield formatIpv4(address);
}
