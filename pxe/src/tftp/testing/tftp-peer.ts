import type { RemoteInfo, Socket } from 'node:dgram';
import { bindUdp, closeUdp } from '../../shared/udp-socket.ts';
import { decodeTftp } from '../decode-tftp.ts';
import { encodeAck, encodeRead } from '../encode-tftp.ts';
import type { TftpPacket } from '../tftp-packet.ts';

/** A packet and the port it came from. */
export type Received = TftpPacket & { readonly port: number };

/** The receiving side of RFC 7440: acknowledges each full window, and once each gap. */
class BlockCollector {
  readonly #blockSize: number;
  readonly #window: number;
  readonly #parts: Buffer[] = [];
  #sinceAck = 0;
  #complained = false;
  isComplete = false;

  constructor(blockSize: number, window: number) {
    this.#blockSize = blockSize;
    this.#window = window;
  }

  get expected(): number {
    return this.#parts.length + 1;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  take(wireBlock: number, data: Buffer): 'acknowledge' | 'nothing' {
    if (wireBlock !== (this.expected & 0xffff)) return this.#complain();
    this.#parts.push(data);
    this.#complained = false;
    this.#sinceAck += 1;
    this.isComplete = data.length < this.#blockSize;
    return this.isComplete || this.#sinceAck >= this.#window ? this.#acknowledge() : 'nothing';
  }

  #complain(): 'acknowledge' | 'nothing' {
    if (this.#complained) return 'nothing';
    this.#complained = true;
    return this.#acknowledge();
  }

  #acknowledge(): 'acknowledge' {
    this.#sinceAck = 0;
    return 'acknowledge';
  }
}

/** A client that sends exactly what a test says, right or wrong. */
export class TftpPeer {
  readonly #socket: Socket;
  readonly #port: number;
  readonly #received: Received[] = [];
  readonly #waiting: ((packet: Received) => void)[] = [];
  /** How many datagrams came in. */
  count = 0;

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.on('message', (bytes, from) => this.#receive(bytes, from));
  }

  /** `port` is the server's. */
  static async open(port: number): Promise<TftpPeer> {
    return new TftpPeer(await bindUdp({ address: '127.0.0.1', port: 0 }), port);
  }

  send(bytes: Buffer, port = this.#port): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Asks for a file and gives back the first packet of the answer. */
  async request(file: string, options: Record<string, string> = {}, mode = 'octet'): Promise<Received> {
    await this.send(encodeRead(file, mode, new Map(Object.entries(options))));
    return this.next();
  }

  next(): Promise<Received> {
    const ready = this.#received.shift();
    if (ready) return Promise.resolve(ready);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Fetches a file as RFC 7440 says, and loses the packets `lose` picks. */
  async fetch(
    file: string,
    options: Record<string, string> = {},
    lose: (block: number) => boolean = () => false,
  ): Promise<Buffer> {
    const collector = new BlockCollector(Number(options.blksize ?? 512), Number(options.windowsize ?? 1));
    let packet = await this.request(file, options);
    if (packet.kind === 'oack') {
      await this.send(encodeAck(0), packet.port);
      packet = await this.next();
    }
    for (;;) {
      if (packet.kind !== 'data') throw new Error(`expected data, got ${JSON.stringify(packet)}`);
      const isLost = packet.block === collector.expected && lose(collector.expected);
      const answer = isLost ? 'nothing' : collector.take(packet.block, packet.data);
      if (answer === 'acknowledge') await this.send(encodeAck(collector.expected - 1), packet.port);
      if (collector.isComplete) return collector.bytes();
      packet = await this.next();
    }
  }

  close(): Promise<void> {
    return closeUdp(this.#socket);
  }

  #receive(bytes: Buffer, { port }: RemoteInfo): void {
    this.count += 1;
    const packet = decodeTftp(bytes);
    if (!packet) throw new Error(`the server sent ${bytes.toString('hex')}`);
    const received = { ...packet, port };
    const waiting = this.#waiting.shift();
    if (waiting) waiting(received);
    else this.#received.push(received);
  }
}
