import type { Ipv4 } from '../ipv4.ts';
import type { AddressPools } from '../leases/address-pools.ts';
import type { ClientKey, Lease } from '../leases/lease.ts';
import type { LeaseReader } from '../leases/lease-book.ts';
import type { DhcpNetwork } from '../networks/dhcp-network.ts';
import type { NetworkBook } from '../networks/network-book.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';

/** The client's state in RFC 2131 section 4.3.2, told from which fields its REQUEST fills. */
export type RequestState = 'selecting' | 'init-reboot' | 'renewing' | 'rebinding';

/** Why a request is refused; the client starts over. */
export type NakReason = 'wrong-network' | 'address-taken' | 'not-your-address' | 'reserved-elsewhere';

/** Why a message gets no answer; each reason is a counter. */
export type SilenceReason =
  | 'unknown-network'
  | 'exhausted'
  | 'foreign-server-id'
  | 'no-binding'
  | 'not-your-lease'
  | 'missing-address'
  | 'unsupported-message';

/** What to do about one message. `change` is to be made before answering; an `ack` waits until it is durable. */
export type Decision =
  | {
      readonly kind: 'offer';
      readonly network: DhcpNetwork;
      readonly address: Ipv4;
      readonly seconds: number;
      readonly change?: Lease;
    }
  | {
      readonly kind: 'ack';
      readonly state: RequestState;
      readonly network: DhcpNetwork;
      readonly address: Ipv4;
      readonly seconds: number;
      readonly change: Lease;
    }
  | { readonly kind: 'inform'; readonly network: DhcpNetwork }
  | { readonly kind: 'nak'; readonly state: RequestState; readonly reason: NakReason }
  | { readonly kind: 'release'; readonly change: Lease }
  | { readonly kind: 'decline'; readonly change: Lease }
  | { readonly kind: 'forget-offer'; readonly address: Ipv4 }
  | { readonly kind: 'silent'; readonly reason: SilenceReason };

/** Everything a decision depends on besides the message; deciding changes none of it but the pools' place. */
export interface DecisionContext {
  readonly networks: NetworkBook;
  readonly leases: LeaseReader;
  readonly pools: AddressPools;
  readonly serverAddress: Ipv4;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A message whose network and client have been found. */
export interface ClientCase extends DecisionContext {
  readonly request: DhcpRequest;
  readonly network: DhcpNetwork;
  readonly client: ClientKey;
}
