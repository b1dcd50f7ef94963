import { MemoryNetworkBook, parseSubnet } from '@halligan/pxe/dhcp';
import { Injectable } from '@nestjs/common';
import type { NetworkFacts } from '../../networks/network-facts.ts';
import { NetworkReader } from '../../networks/network-reader.ts';

/** The DHCP server's picture of the networks, and their names. */
@Injectable()
export class NetworkBookKeeper {
  readonly book = new MemoryNetworkBook();
  readonly #nameByCidr = new Map<string, string>();
  readonly #reader: NetworkReader;

  constructor(reader: NetworkReader) {
    this.#reader = reader;
  }

  /** Reads the networks again: there are few. */
  async load(): Promise<void> {
    const networks = await this.#reader.all();
    const wanted = new Set(networks.map(({ cidr }) => parseSubnet(cidr).cidr));
    for (const cidr of this.#nameByCidr.keys()) if (!wanted.has(cidr)) this.#forget(cidr);
    for (const network of networks) this.#set(network);
  }

  /** The name of the network with this subnet. */
  nameOf(cidr: string): string {
    return this.#nameByCidr.get(cidr) ?? cidr;
  }

  #set({ name, cidr, gateway, dns, ranges }: NetworkFacts): void {
    const dynamic = ranges.filter(({ purpose }) => purpose === 'dhcp');
    this.book.setNetwork({ subnet: cidr, ranges: dynamic, gateway: gateway ?? undefined, dns });
    this.#nameByCidr.set(parseSubnet(cidr).cidr, name);
  }

  #forget(cidr: string): void {
    this.book.removeNetwork(cidr);
    this.#nameByCidr.delete(cidr);
  }
}
