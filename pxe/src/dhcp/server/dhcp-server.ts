import type { RemoteInfo } from 'node:dgram';
import { Counters } from '../../shared/counters.ts';
import { parseIpv4 } from '../ipv4.ts';
import type { LeaseStore } from '../leases/lease-store.ts';
import type { NetworkBook } from '../networks/network-book.ts';
import { decodePacket } from '../packet/decode-packet.ts';
import { type DhcpPacket, MalformedPacketError } from '../packet/dhcp-packet.ts';
import { type Arrival, type DhcpRequest, readRequest } from '../packet/dhcp-request.ts';
import { encodePacket } from '../packet/encode-packet.ts';
import { type BootBackend, noBoot } from '../replies/boot-backend.ts';
import { destinationOf } from '../replies/destination.ts';
import type { DhcpEvent } from './dhcp-event.ts';
import { DhcpResponder } from './dhcp-responder.ts';
import { DhcpSockets } from './dhcp-sockets.ts';

/** What a server needs; ports other than 67 and 68 are for tests. */
export interface DhcpServerOptions {
  /** The boot interface's own IPv4 address. */
  readonly address: string;
  readonly networks: NetworkBook;
  readonly leases: LeaseStore;
  readonly boot?: BootBackend;
  /** Told after each message; must not throw and must not take long. */
  readonly onEvent?: (event: DhcpEvent) => void;
  readonly port?: number;
  readonly clientPort?: number;
  /** Messages being worked on at once; above it new ones are dropped, for clients ask again and late answers help nobody. */
  readonly maxInFlight?: number;
  readonly now?: () => number;
}

/** A DHCP server on one interface. The lease store is the caller's to open and close. */
export class DhcpServer {
  readonly counters = new Counters();
  readonly #options: Required<DhcpServerOptions>;
  readonly #responder: DhcpResponder;
  readonly #inFlight = new Set<Promise<void>>();
  #sockets: DhcpSockets | undefined;

  constructor(options: DhcpServerOptions) {
    this.#options = {
      boot: noBoot,
      onEvent: () => {},
      port: 67,
      clientPort: 68,
      maxInFlight: 4000,
      now: Date.now,
      ...options,
    };
    this.#responder = new DhcpResponder({ ...this.#options, serverAddress: parseIpv4(options.address) });
  }

  /** Binds the sockets; throws PortUnavailableError with the remedy when that is not possible. */
  async start(): Promise<void> {
    this.#sockets = await DhcpSockets.open(this.#options.address, this.#options.port, {
      datagram: (bytes, from, arrival) => this.#receive(bytes, from, arrival),
      error: (error) => this.#tell({ kind: 'socket-error', error }),
    });
  }

  /** Answers what is under way, then gives the sockets back. */
  async close(): Promise<void> {
    await Promise.all(this.#inFlight);
    await this.#sockets?.close();
    this.#sockets = undefined;
  }

  #receive(bytes: Buffer, from: RemoteInfo, arrival: Arrival): void {
    this.counters.add('received');
    if (this.#inFlight.size >= this.#options.maxInFlight) {
      this.#tell({ kind: 'overloaded', from: from.address });
      return;
    }
    const request = this.#read(bytes, from, arrival);
    if (!request) return;
    const work = this.#answer(request);
    this.#inFlight.add(work);
    void work.finally(() => this.#inFlight.delete(work));
  }

  #read(bytes: Buffer, from: RemoteInfo, arrival: Arrival): DhcpRequest | undefined {
    try {
      const request = readRequest(decodePacket(bytes), { arrival, receivedAt: this.#options.now() });
      if (typeof request !== 'string') return request;
      this.#tell({ kind: 'foreign', reason: request, from: from.address });
    } catch (error) {
      if (!(error instanceof MalformedPacketError)) throw error;
      this.#tell({ kind: 'malformed', reason: error.reason, from: from.address });
    }
    return undefined;
  }

  async #answer(request: DhcpRequest): Promise<void> {
    const { event, reply } = await this.#responder.respond(request);
    if (reply) await this.#send(request, reply);
    this.#tell(event);
  }

  async #send(request: DhcpRequest, reply: DhcpPacket): Promise<void> {
    const { port, clientPort } = this.#options;
    const { to, address } = destinationOf(reply);
    const bytes = encodePacket(reply, request.maxMessageSize);
    try {
      await this.#sockets?.send(bytes, to === 'relay' ? port : clientPort, address);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#tell({ kind: 'socket-error', error });
    }
  }

  #tell(event: DhcpEvent): void {
    this.counters.add('reason' in event ? `${event.kind}.${event.reason}` : event.kind);
    this.#options.onEvent(event);
  }
}
