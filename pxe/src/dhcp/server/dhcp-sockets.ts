import type { RemoteInfo, Socket } from 'node:dgram';
import { bindUdp, closeUdp } from '../../shared/udp-socket.ts';
import type { Arrival } from '../packet/dhcp-request.ts';

/** Told of every datagram and of every error of a socket. */
export interface SocketListener {
  datagram(bytes: Buffer, from: RemoteInfo, arrival: Arrival): void;
  error(error: Error): void;
}

/**
 * The two sockets of one interface. Broadcasts reach only a socket bound to 0.0.0.0; one bound to the interface's
 * address gets what is sent to the server alone and sends every reply, for the kernel chooses the interface of a
 * broadcast by the source address.
 */
export class DhcpSockets {
  readonly #broadcast: Socket;
  readonly #own: Socket;

  private constructor(broadcast: Socket, own: Socket) {
    this.#broadcast = broadcast;
    this.#own = own;
  }

  static async open(address: string, port: number, listener: SocketListener): Promise<DhcpSockets> {
    // Sharing would also let a second server in unnoticed, so the port must first be free for us alone.
    await closeUdp(await bindUdp({ address: '0.0.0.0', port }));
    const broadcast = await bindUdp({ address: '0.0.0.0', port }, { shared: true });
    const own = await bindUdp({ address, port }, { shared: true }).catch(async (error) => {
      await closeUdp(broadcast);
      throw error;
    });
    own.setBroadcast(true);
    for (const [socket, arrival] of [[broadcast, 'broadcast'] as const, [own, 'unicast'] as const]) {
      socket.on('message', (bytes, from) => listener.datagram(bytes, from, arrival));
      socket.on('error', (error) => listener.error(error));
    }
    return new DhcpSockets(broadcast, own);
  }

  /** Resolves when the kernel has taken the datagram. */
  send(bytes: Buffer, port: number, address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#own.send(bytes, port, address, (error) => (error ? reject(error) : resolve()));
    });
  }

  async close(): Promise<void> {
    await Promise.all([closeUdp(this.#broadcast), closeUdp(this.#own)]);
  }
}
