import { AddressError, formatIpv4, type Ipv4, parseIpv4, parseSubnet, prefixMask } from '../ipv4.ts';
import { type MacAddress, parseMac } from '../mac-address.ts';
import { type DhcpNetwork, type DhcpNetworkSettings, isUsable, parseNetwork } from './dhcp-network.ts';
import type { NetworkBook } from './network-book.ts';

/** A NIC of a node with the addresses kept for it, at most one per network. */
export interface KnownNic {
  readonly mac: string;
  readonly hostName?: string | undefined;
  readonly addresses?: readonly string[];
}

interface NicEntry {
  readonly hostName: string | undefined;
  readonly addresses: readonly Ipv4[];
}

/** Networks and nodes in memory. Each change costs the same however many nodes there are, and takes effect at once. */
export class MemoryNetworkBook implements NetworkBook {
  /** By prefix length, longest first: of nested subnets the innermost answers. */
  #networks: ReadonlyMap<number, Map<Ipv4, DhcpNetwork>> = new Map();
  readonly #nics = new Map<MacAddress, NicEntry>();
  readonly #reserved = new Map<Ipv4, MacAddress>();

  constructor(networks: readonly DhcpNetworkSettings[] = []) {
    for (const network of networks) this.setNetwork(network);
  }

  /** Adds a network or replaces the one with the same subnet. */
  setNetwork(settings: DhcpNetworkSettings): void {
    const network = parseNetwork(settings);
    const { prefix, base } = network.subnet;
    const ofPrefix = this.#networks.get(prefix) ?? new Map<Ipv4, DhcpNetwork>();
    const all = new Map(this.#networks).set(prefix, ofPrefix.set(base, network));
    this.#networks = new Map([...all].sort(([a], [b]) => b - a));
  }

  /** Forgets a network; its leases stay in the lease book and are no longer renewed. */
  removeNetwork(subnet: string): void {
    const { prefix, base } = parseSubnet(subnet);
    this.#networks.get(prefix)?.delete(base);
  }

  /** Adds a NIC or replaces what was known about it; an address kept for another NIC is refused, and nothing changes. */
  setNic(nic: KnownNic): void {
    const mac = parseMac(nic.mac);
    const addresses = (nic.addresses ?? []).map(parseIpv4);
    for (const address of addresses) this.#refuseTaken(address, mac);
    this.removeNic(mac);
    this.#nics.set(mac, { hostName: nic.hostName, addresses });
    for (const address of addresses) this.#reserved.set(address, mac);
  }

  /** Forgets a NIC and its reservations. */
  removeNic(mac: string): void {
    const key = parseMac(mac);
    for (const address of this.#nics.get(key)?.addresses ?? []) this.#reserved.delete(address);
    this.#nics.delete(key);
  }

  networkOf(address: Ipv4): DhcpNetwork | undefined {
    for (const [prefix, networks] of this.#networks) {
      const network = networks.get((address & prefixMask(prefix)) >>> 0);
      if (network) return network;
    }
    return undefined;
  }

  reservation(mac: MacAddress, network: DhcpNetwork): Ipv4 | undefined {
    return this.#nics.get(mac)?.addresses.find((address) => isUsable(network, address));
  }

  reservedFor(address: Ipv4): MacAddress | undefined {
    return this.#reserved.get(address);
  }

  hostName(mac: MacAddress): string | undefined {
    return this.#nics.get(mac)?.hostName;
  }

  isKnown(mac: MacAddress): boolean {
    return this.#nics.has(mac);
  }

  #refuseTaken(address: Ipv4, mac: MacAddress): void {
    const owner = this.#reserved.get(address);
    if (owner === undefined || owner === mac) return;
    throw new AddressError(
      `${formatIpv4(address)} is reserved for ${owner}; free it first or choose another`,
    );
  }
}
