export { PortUnavailableError } from '../shared/udp-socket.ts';
export type { NakReason, RequestState, SilenceReason } from './decisions/decision.ts';
export {
  AddressError,
  formatIpv4,
  type Ipv4,
  parseIpv4,
  parseSubnet,
  type Subnet,
  subnetContains,
} from './ipv4.ts';
export { isLive, type Lease, type LeaseState } from './leases/lease.ts';
export { JournalFormatError } from './leases/lease-journal.ts';
export { LeaseNotDurableError, LeaseStore, type RecoveryReport } from './leases/lease-store.ts';
export { type MacAddress, parseMac } from './mac-address.ts';
export { type Firmware, knownArchitecture } from './networks/architecture.ts';
export type { DhcpNetwork, DhcpNetworkSettings } from './networks/dhcp-network.ts';
export { type KnownNic, MemoryNetworkBook } from './networks/memory-network-book.ts';
export type { NetworkBook } from './networks/network-book.ts';
export { type BootAnswer, type BootBackend, type BootClient, noBoot } from './replies/boot-backend.ts';
export type { DhcpEvent, Exchange, Granted } from './server/dhcp-event.ts';
export { DhcpServer, type DhcpServerOptions } from './server/dhcp-server.ts';
