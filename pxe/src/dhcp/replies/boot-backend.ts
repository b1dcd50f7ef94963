import type { Ipv4 } from '../ipv4.ts';
import { formatIpv4 } from '../ipv4.ts';
import type { MacAddress } from '../mac-address.ts';
import { type Firmware, knownArchitecture } from '../networks/architecture.ts';
import type { DhcpNetwork } from '../networks/dhcp-network.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';

/** Firmware or a boot loader that asks what to boot. */
export interface BootClient {
  /** An offer may never be taken up; what is single-use is better minted for the `ack`. */
  readonly message: 'offer' | 'ack';
  readonly mac: MacAddress;
  /** The address being given, as text. */
  readonly address: string;
  /** The subnet in CIDR notation. */
  readonly network: string;
  readonly xid: number;
  /** The first known architecture type of option 93; undefined when the client sent none that is known. */
  readonly arch: number | undefined;
  readonly firmware: Firmware | undefined;
  readonly architectures: readonly number[];
  readonly userClass: readonly string[];
  readonly vendorClass: string;
  readonly uuid: string | undefined;
  readonly isIpxe: boolean;
  readonly isPxeClient: boolean;
  readonly isHttpClient: boolean;
}

/** What such a client is told to fetch. */
export interface BootAnswer {
  /** A file name for TFTP or a URL. */
  readonly bootFile: string;
  /** Address of the TFTP server; this server's own unless given. */
  readonly nextServer?: string;
  /** Option 60 of the answer; `PXEClient` or `HTTPClient` as the client has it unless given. */
  readonly vendorClass?: string;
}

/** Chooses the boot file. It is asked before each answer to a boot client, so it must answer from memory. */
export interface BootBackend {
  /** Null: the client gets an address and nothing to boot. A rejection: it gets no answer and will ask again. */
  bootFileFor(client: BootClient): BootAnswer | null | Promise<BootAnswer | null>;
}

/** A backend that has nothing to boot for anyone. */
export const noBoot: BootBackend = { bootFileFor: () => null };

/** The client as the backend sees it. */
export function bootClientOf(
  request: DhcpRequest,
  grant: { readonly kind: 'offer' | 'ack'; readonly address: Ipv4; readonly network: DhcpNetwork },
): BootClient {
  const { mac, packet, architectures, userClass, vendorClass, uuid, isIpxe, isPxeClient, isHttpClient } =
    request;
  const known = knownArchitecture(architectures);
  return {
    message: grant.kind,
    mac,
    address: formatIpv4(grant.address),
    network: grant.network.subnet.cidr,
    xid: packet.xid,
    arch: known?.type,
    firmware: known?.firmware,
    architectures,
    userClass,
    vendorClass,
    uuid,
    isIpxe,
    isPxeClient,
    isHttpClient,
  };
}
