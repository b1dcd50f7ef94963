import type { Ipv4 } from '../ipv4.ts';
import type { AddressRange } from '../networks/dhcp-network.ts';

/**
 * Walks the ranges of one network round and round, so that an address rests as long as possible before another client
 * gets it. A walk that found nothing is not repeated for up to a second, or exhaustion would cost the most when it
 * is busiest.
 */
export class AddressPool {
  readonly #ranges: readonly AddressRange[];
  readonly #size: number;
  #next = 0;
  #retryAt = 0;

  constructor(ranges: readonly AddressRange[]) {
    this.#ranges = ranges;
    this.#size = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }

  /** The next address for which `freeFrom` says a time that has come, or undefined when there is none. */
  take(now: number, freeFrom: (address: Ipv4) => number): Ipv4 | undefined {
    if (now < this.#retryAt) return undefined;
    let earliest = Number.POSITIVE_INFINITY;
    for (let tried = 0; tried < this.#size; tried += 1) {
      const address = this.#address((this.#next + tried) % this.#size);
      const free = freeFrom(address);
      if (free <= now) {
        this.#next = (this.#next + tried + 1) % this.#size;
        return address;
      }
      earliest = Math.min(earliest, free);
    }
    this.#retryAt = Math.min(earliest, now + 1000);
    return undefined;
  }

  #address(index: number): Ipv4 {
    let rest = index;
    for (const { first, last } of this.#ranges) {
      if (rest <= last - first) return first + rest;
      rest -= last - first + 1;
    }
    throw new RangeError(`address ${index} of ${this.#size}`);
  }
}
