import { randomInt } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindUdp, closeUdp } from '../../shared/udp-socket.ts';
import type { Journal } from '../leases/lease-journal.ts';
import { LeaseStore } from '../leases/lease-store.ts';
import { MemoryNetworkBook } from '../networks/memory-network-book.ts';
import { decodePacket } from '../packet/decode-packet.ts';
import type { DhcpPacket } from '../packet/dhcp-packet.ts';
import { encodePacket } from '../packet/encode-packet.ts';
import type { DhcpEvent } from '../server/dhcp-event.ts';
import { DhcpServer, type DhcpServerOptions } from '../server/dhcp-server.ts';
import { type ClientMessage, clientPacket } from './client-message.ts';

/** The relay's address: relays are answered by unicast, which needs neither root nor another machine. */
export const relay = '127.0.0.2';

interface Parts {
  readonly server: DhcpServer;
  readonly store: LeaseStore;
  readonly networks: MemoryNetworkBook;
  readonly events: DhcpEvent[];
  readonly socket: Socket;
  readonly port: number;
  readonly folder: string;
}

/** A real server on loopback, and a relay in front of it that a test speaks through. */
export class LoopbackRelay {
  readonly server: DhcpServer;
  readonly store: LeaseStore;
  readonly networks: MemoryNetworkBook;
  readonly port: number;
  /** Everything the server told, in order. */
  readonly events: readonly DhcpEvent[];
  readonly #parts: Parts;
  readonly #waiting: ((packet: DhcpPacket) => void)[] = [];

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.server = parts.server;
    this.store = parts.store;
    this.port = parts.port;
    this.networks = parts.networks;
    this.events = parts.events;
    parts.socket.on('message', (bytes) => this.#waiting.shift()?.(decodePacket(bytes)));
  }

  static async start(options: Partial<DhcpServerOptions> = {}, journal?: Journal): Promise<LoopbackRelay> {
    const folder = await mkdtemp(join(tmpdir(), 'dhcp-'));
    const store = journal ? new LeaseStore(journal) : (await LeaseStore.open(folder)).store;
    const networks = new MemoryNetworkBook([
      { subnet: '127.0.0.0/24', ranges: [{ first: '127.0.0.100', last: '127.0.0.199' }] },
    ]);
    const events: DhcpEvent[] = [];
    const port = randomInt(20_000, 32_000);
    const onEvent = (event: DhcpEvent) => events.push(event);
    const server = new DhcpServer({
      address: '127.0.0.1',
      port,
      networks,
      leases: store,
      onEvent,
      ...options,
    });
    await server.start();
    const socket = await bindUdp({ address: relay, port }, { shared: true });
    return new LoopbackRelay({ server, store, networks, events, socket, port, folder });
  }

  send(bytes: Buffer): Promise<void> {
    const { socket, port } = this.#parts;
    return new Promise((resolve, reject) => {
      socket.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
  }

  tell(message: ClientMessage): Promise<void> {
    return this.send(encodePacket(clientPacket({ giaddr: relay, ...message })));
  }

  /** Sends a client's message and waits for the next reply. */
  async ask(message: ClientMessage): Promise<DhcpPacket> {
    const reply = new Promise<DhcpPacket>((resolve) => this.#waiting.push(resolve));
    await this.tell(message);
    return reply;
  }

  async close(): Promise<void> {
    const { server, store, socket, folder } = this.#parts;
    await server.close();
    await store.close();
    await closeUdp(socket);
    await rm(folder, { recursive: true });
  }
}
