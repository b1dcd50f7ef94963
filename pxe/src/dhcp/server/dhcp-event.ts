import type { NakReason, RequestState, SilenceReason } from '../decisions/decision.ts';
import type { MacAddress } from '../mac-address.ts';
import type { Firmware } from '../networks/architecture.ts';
import type { MalformedReason } from '../packet/dhcp-packet.ts';
import type { ForeignReason } from '../packet/dhcp-request.ts';

/** The client's side of an exchange. */
export interface Exchange {
  /** Milliseconds since 1970 at which the client's message came in. */
  readonly receivedAt: number;
  readonly mac: MacAddress;
  readonly xid: number;
  /** The relay's address, when one was between. */
  readonly relay?: string;
}

/** What an answered client got, and what it said of itself: enough to tell why it went wrong afterwards. */
export interface Granted extends Exchange {
  readonly address: string;
  readonly network: string;
  readonly leaseSeconds: number;
  readonly bootFile: string | undefined;
  readonly vendorClass: string;
  readonly userClass: readonly string[];
  readonly architectures: readonly number[];
  readonly firmware: Firmware | undefined;
  readonly uuid: string | undefined;
  readonly isIpxe: boolean;
}

/** Everything that happens to a message, told when it has happened: an `ack` after it was sent. */
export type DhcpEvent =
  | ({ readonly kind: 'offer' } & Granted)
  | ({ readonly kind: 'ack'; readonly state: RequestState } & Granted)
  | ({ readonly kind: 'inform'; readonly address: string } & Exchange)
  | ({ readonly kind: 'nak'; readonly state: RequestState; readonly reason: NakReason } & Exchange)
  | ({ readonly kind: 'release' | 'decline'; readonly address: string; readonly network: string } & Exchange)
  | ({ readonly kind: 'ignored'; readonly reason: Exclude<SilenceReason, 'exhausted'> } & Exchange)
  | ({ readonly kind: 'exhausted' } & Exchange)
  | ({ readonly kind: 'not-durable' | 'boot-backend-failed'; readonly error: Error } & Exchange)
  | { readonly kind: 'foreign'; readonly reason: ForeignReason; readonly from: string }
  | { readonly kind: 'malformed'; readonly reason: MalformedReason; readonly from: string }
  | { readonly kind: 'overloaded'; readonly from: string }
  | { readonly kind: 'socket-error'; readonly error: Error };
