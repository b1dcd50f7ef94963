import type { DhcpNetwork } from '../networks/dhcp-network.ts';
import { AddressPool } from './address-pool.ts';

/** One pool per network as it is configured now; a network object replaced by another starts afresh. */
export class AddressPools {
  readonly #pools = new WeakMap<DhcpNetwork, AddressPool>();

  of(network: DhcpNetwork): AddressPool {
    const known = this.#pools.get(network);
    if (known) return known;
    const pool = new AddressPool(network.ranges);
    this.#pools.set(network, pool);
    return pool;
  }
}
