import type { Ipv4 } from '../ipv4.ts';
import type { MacAddress } from '../mac-address.ts';
import type { DhcpNetwork } from './dhcp-network.ts';

/** What the server must know about networks and nodes; every question is answered from memory in constant time. */
export interface NetworkBook {
  /** The network that holds the address, be it the interface's, a relay's or a client's. */
  networkOf(address: Ipv4): DhcpNetwork | undefined;
  /** The address kept for this NIC in this network. */
  reservation(mac: MacAddress, network: DhcpNetwork): Ipv4 | undefined;
  /** The NIC the address is kept for. */
  reservedFor(address: Ipv4): MacAddress | undefined;
  /** The node name of a NIC; known NICs keep one lease whatever client identifier they send. */
  hostName(mac: MacAddress): string | undefined;
  isKnown(mac: MacAddress): boolean;
}
