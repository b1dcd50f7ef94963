import type { RemoteInfo, Socket } from 'node:dgram';
import { bindUdp, closeUdp } from '../../shared/udp-socket.ts';

/** Passes UDP between one client and a TFTP server on loopback, and loses every so many datagrams either way. */
export class LossyProxy {
  readonly #listener: Socket;
  readonly #port: number;
  readonly #every: number;
  readonly #sockets = new Map<number, Promise<Socket>>();
  #seen = 0;
  lost = 0;

  private constructor(listener: Socket, options: { port: number; every: number }) {
    this.#listener = listener;
    this.#port = options.port;
    this.#every = options.every;
    listener.on('message', (bytes, client) => void this.#toServer(bytes, client, this.#port));
  }

  /** `port` is the server's; of `every` datagrams one is lost. */
  static async open(options: { port: number; every: number }): Promise<LossyProxy> {
    return new LossyProxy(await bindUdp({ address: '127.0.0.1', port: 0 }), options);
  }

  get port(): number {
    return this.#listener.address().port;
  }

  async close(): Promise<void> {
    const sockets = await Promise.all(this.#sockets.values());
    await Promise.all([this.#listener, ...sockets].map(closeUdp));
  }

  /** Requests go to the server's port, later packets to the port its transfer answered from. */
  async #toServer(bytes: Buffer, client: RemoteInfo, port: number): Promise<void> {
    if (this.#loses()) return;
    const socket = await this.#socketFor(client);
    socket.send(bytes, port, '127.0.0.1');
  }

  #socketFor(client: RemoteInfo): Promise<Socket> {
    const known = this.#sockets.get(client.port);
    if (known) return known;
    const opened = this.#open(client);
    this.#sockets.set(client.port, opened);
    return opened;
  }

  async #open(client: RemoteInfo): Promise<Socket> {
    const toServer = await bindUdp({ address: '127.0.0.1', port: 0 });
    const toClient = await bindUdp({ address: '127.0.0.1', port: 0 });
    toServer.on('message', (bytes, server) => {
      toClient.removeAllListeners('message');
      toClient.on('message', (answer) => void this.#toServer(answer, client, server.port));
      if (!this.#loses()) toClient.send(bytes, client.port, '127.0.0.1');
    });
    this.#sockets.set(-client.port, Promise.resolve(toClient));
    return toServer;
  }

  #loses(): boolean {
    this.#seen += 1;
    const isLost = this.#seen % this.#every === 0;
    if (isLost) this.lost += 1;
    return isLost;
  }
}
