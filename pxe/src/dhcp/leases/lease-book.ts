import type { Ipv4 } from '../ipv4.ts';
import type { ClientKey, Lease } from './lease.ts';
import { isLive } from './lease.ts';

/** What the decisions may ask of the leases. */
export interface LeaseReader {
  /** The record of an address, live or not. */
  at(address: Ipv4): Lease | undefined;
  /** The address a client has or last had in a network: leased or released, never merely offered. */
  bindingOf(client: ClientKey, network: string): Lease | undefined;
  /** The offer a client was sent in a network and has not taken up; it may have expired. */
  offerTo(client: ClientKey, network: string): Lease | undefined;
}

/** Takes back a change, if nothing has changed the same address since. */
export type Undo = () => void;

/**
 * All leases in memory. One record per address and at most one binding per client and network hold by construction,
 * and at most as many records as there are addresses to hand out.
 */
export class LeaseBook implements LeaseReader {
  readonly #byAddress = new Map<Ipv4, Lease>();
  readonly #bindings = new Map<string, Lease>();
  readonly #offers = new Map<string, Lease>();

  at(address: Ipv4): Lease | undefined {
    return this.#byAddress.get(address);
  }

  bindingOf(client: ClientKey, network: string): Lease | undefined {
    return this.#bindings.get(indexKey(client, network));
  }

  offerTo(client: ClientKey, network: string): Lease | undefined {
    return this.#offers.get(indexKey(client, network));
  }

  /** Every record that is more than an offer. */
  durable(): Lease[] {
    return [...this.#byAddress.values()].filter((lease) => lease.state !== 'offered');
  }

  /** How many addresses are held right now. */
  liveCount(now: number): number {
    let count = 0;
    for (const lease of this.#byAddress.values()) if (isLive(lease, now)) count += 1;
    return count;
  }

  /** Makes this the record of its address and, when leased, the client's only binding in the network. */
  put(lease: Lease): Undo {
    const replaced = this.#byAddress.get(lease.address);
    const moved = lease.state === 'leased' ? this.bindingOf(lease.client, lease.network) : undefined;
    if (replaced) this.#remove(replaced);
    if (moved) this.#remove(moved);
    this.#add(lease);
    return () => {
      if (this.#byAddress.get(lease.address) !== lease) return;
      this.#remove(lease);
      if (moved && !this.#byAddress.has(moved.address)) this.#add(moved);
      if (replaced && replaced !== moved) this.#add(replaced);
    };
  }

  /** Drops the record of an address. */
  forget(address: Ipv4): void {
    const lease = this.#byAddress.get(address);
    if (lease) this.#remove(lease);
  }

  #add(lease: Lease): void {
    this.#byAddress.set(lease.address, lease);
    this.#indexOf(lease)?.set(indexKey(lease.client, lease.network), lease);
  }

  #remove(lease: Lease): void {
    const key = indexKey(lease.client, lease.network);
    const index = this.#indexOf(lease);
    if (this.#byAddress.get(lease.address) === lease) this.#byAddress.delete(lease.address);
    if (index?.get(key) === lease) index.delete(key);
  }

  #indexOf(lease: Lease): Map<string, Lease> | undefined {
    if (lease.state === 'offered') return this.#offers;
    return lease.state === 'declined' ? undefined : this.#bindings;
  }
}

function indexKey(client: ClientKey, network: string): string {
  return `${network} ${client}`;
}
