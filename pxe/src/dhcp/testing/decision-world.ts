import { decide } from '../decisions/decide.ts';
import type { Decision } from '../decisions/decision.ts';
import { formatIpv4, parseIpv4 } from '../ipv4.ts';
import { AddressPools } from '../leases/address-pools.ts';
import type { LeaseState } from '../leases/lease.ts';
import { LeaseBook } from '../leases/lease-book.ts';
import type { DhcpNetworkSettings } from '../networks/dhcp-network.ts';
import { MemoryNetworkBook } from '../networks/memory-network-book.ts';
import type { Arrival } from '../packet/dhcp-request.ts';
import { type ClientMessage, clientRequest, defaultMac } from './client-message.ts';

/** Two networks: the server's own, with three addresses to hand out, and one behind a relay. */
export const networks: readonly DhcpNetworkSettings[] = [
  {
    subnet: '10.78.0.0/24',
    ranges: [{ first: '10.78.0.100', last: '10.78.0.102' }],
    gateway: '10.78.0.254',
    dns: ['10.78.0.1'],
    leaseSeconds: 1800,
    bootLeaseSeconds: 180,
  },
  { subnet: '10.79.0.0/24', ranges: [{ first: '10.79.0.100', last: '10.79.0.199' }] },
];

export const serverAddress = '10.78.0.1';

/** Networks, leases and a clock that a test sets up and then asks for decisions. */
export class DecisionWorld {
  readonly networks = new MemoryNetworkBook(networks);
  readonly leases = new LeaseBook();
  readonly #pools = new AddressPools();
  /** Milliseconds. */
  now = 1_000_000;

  /** Puts a record down as if it had come about earlier. */
  lease(
    address: string,
    options: { mac?: string; client?: string; state?: LeaseState; seconds?: number } = {},
  ): this {
    const { mac = defaultMac, client = `mac:${mac}`, state = 'leased', seconds = 1000 } = options;
    const network = this.networks.networkOf(parseIpv4(address))?.subnet.cidr ?? '';
    const expiresAt = this.now + seconds * 1000;
    this.leases.put({ address: parseIpv4(address), client, mac, network, state, expiresAt });
    return this;
  }

  decide(message: ClientMessage, arrival: Arrival = 'broadcast'): Decision {
    const { networks: book, leases, now } = this;
    const request = clientRequest(message, now, arrival);
    return decide(request, {
      networks: book,
      leases,
      pools: this.#pools,
      serverAddress: parseIpv4(serverAddress),
      now,
    });
  }

  /** Decides and carries the change out, as the server would. */
  exchange(message: ClientMessage, arrival: Arrival = 'broadcast'): string {
    const decision = this.decide(message, arrival);
    if ('change' in decision && decision.change) this.leases.put(decision.change);
    if (decision.kind === 'forget-offer') this.leases.forget(decision.address);
    return summary(decision);
  }
}

/** A decision in a few words: `ack 10.78.0.100`, `nak address-taken`, `silent exhausted`. */
export function summary(decision: Decision): string {
  if ('reason' in decision) return `${decision.kind} ${decision.reason}`;
  if ('address' in decision) return `${decision.kind} ${formatIpv4(decision.address)}`;
  return 'change' in decision ? `${decision.kind} ${formatIpv4(decision.change.address)}` : decision.kind;
}
