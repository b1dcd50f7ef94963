import { isBootClient } from '../decisions/client-key.ts';
import { decide } from '../decisions/decide.ts';
import type { Decision, DecisionContext } from '../decisions/decision.ts';
import { formatIpv4, type Ipv4 } from '../ipv4.ts';
import { AddressPools } from '../leases/address-pools.ts';
import type { LeaseStore } from '../leases/lease-store.ts';
import type { NetworkBook } from '../networks/network-book.ts';
import type { DhcpPacket } from '../packet/dhcp-packet.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';
import { type BootAnswer, type BootBackend, bootClientOf } from '../replies/boot-backend.ts';
import { buildGrant, buildInformAck, buildNak } from '../replies/build-reply.ts';
import { exchangeOf, grantedOf } from './describe-exchange.ts';
import type { DhcpEvent } from './dhcp-event.ts';

/** What a responder works with. */
export interface ResponderOptions {
  /** The server's own address: its identifier, and what decides the network of messages without a relay. */
  readonly serverAddress: Ipv4;
  readonly networks: NetworkBook;
  readonly leases: LeaseStore;
  readonly boot: BootBackend;
}

/** What came of a message: the event to tell, and the reply to send first, if any. */
export interface Outcome {
  readonly event: DhcpEvent;
  readonly reply?: DhcpPacket;
}

type GrantDecision = Extract<Decision, { kind: 'offer' | 'ack' }>;
type ReturnDecision = Extract<Decision, { kind: 'release' | 'decline' }>;

/** Carries decisions out: changes the leases at once, waits for disk and boot backend, and builds the reply. */
export class DhcpResponder {
  readonly #options: ResponderOptions;
  readonly #pools = new AddressPools();

  constructor(options: ResponderOptions) {
    this.#options = options;
  }

  /** Never rejects for anything a client, the disk or the backend can do. */
  async respond(request: DhcpRequest): Promise<Outcome> {
    const decision = decide(request, this.#contextAt(request.receivedAt));
    switch (decision.kind) {
      case 'offer':
      case 'ack':
        return this.#grant(request, decision);
      case 'release':
      case 'decline':
        return this.#takeBack(request, decision);
      case 'forget-offer':
        this.#options.leases.book.forget(decision.address);
        return this.#silent(request, 'foreign-server-id');
      case 'silent':
        return this.#silent(request, decision.reason);
      case 'nak':
        return this.#nak(request, decision);
      case 'inform':
        return this.#inform(request, decision);
    }
  }

  #contextAt(now: number): DecisionContext {
    const { networks, leases, serverAddress } = this.#options;
    return { networks, leases: leases.book, pools: this.#pools, serverAddress, now };
  }

  async #grant(request: DhcpRequest, decision: GrantDecision): Promise<Outcome> {
    const { serverAddress, networks } = this.#options;
    // Started before any wait: two messages never see the same address free.
    const durable = this.#hold(decision);
    const [stored, boot] = await Promise.all([settle(durable), settle(this.#bootAnswer(request, decision))]);
    if (stored instanceof Error) return this.#failed(request, 'not-durable', stored);
    if (boot instanceof Error) return this.#failed(request, 'boot-backend-failed', boot);
    const { kind, network, address, seconds } = decision;
    const grant = { kind, network, address, seconds, boot, hostName: networks.hostName(request.mac) };
    const granted = grantedOf(request, grant);
    const reply = buildGrant(request, grant, serverAddress);
    if (decision.kind === 'offer') return { event: { kind: 'offer', ...granted }, reply };
    return { event: { kind: 'ack', state: decision.state, ...granted }, reply };
  }

  async #hold(decision: GrantDecision): Promise<void> {
    if (decision.kind === 'ack') await this.#options.leases.commit(decision.change);
    else if (decision.change) this.#options.leases.offer(decision.change);
  }

  async #bootAnswer(request: DhcpRequest, decision: GrantDecision): Promise<BootAnswer | null> {
    return isBootClient(request) ? this.#options.boot.bootFileFor(bootClientOf(request, decision)) : null;
  }

  async #takeBack(request: DhcpRequest, { kind, change }: ReturnDecision): Promise<Outcome> {
    const stored = await settle(this.#options.leases.commit(change));
    if (stored instanceof Error) return this.#failed(request, 'not-durable', stored);
    const { address, network } = change;
    return { event: { kind, ...exchangeOf(request), address: formatIpv4(address), network } };
  }

  #nak(request: DhcpRequest, { state, reason }: Extract<Decision, { kind: 'nak' }>): Outcome {
    const reply = buildNak(request, reason.replaceAll('-', ' '), this.#options.serverAddress);
    return { event: { kind: 'nak', ...exchangeOf(request), state, reason }, reply };
  }

  #inform(request: DhcpRequest, { network }: Extract<Decision, { kind: 'inform' }>): Outcome {
    const reply = buildInformAck(request, network, this.#options.serverAddress);
    return { event: { kind: 'inform', ...exchangeOf(request), address: formatIpv4(request.ciaddr) }, reply };
  }

  #silent(request: DhcpRequest, reason: Extract<Decision, { kind: 'silent' }>['reason']): Outcome {
    const exchange = exchangeOf(request);
    return {
      event:
        reason === 'exhausted' ? { kind: reason, ...exchange } : { kind: 'ignored', reason, ...exchange },
    };
  }

  #failed(request: DhcpRequest, kind: 'not-durable' | 'boot-backend-failed', error: Error): Outcome {
    return { event: { kind, ...exchangeOf(request), error } };
  }
}

/** The value, or the error that stood in its way. */
async function settle<Value>(promise: Promise<Value>): Promise<Value | Error> {
  try {
    return await promise;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
