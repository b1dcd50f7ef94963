import type { Socket } from 'node:dgram';
import { bindUdp, closeUdp } from '../../shared/udp-socket.ts';
import { formatIpv4 } from '../ipv4.ts';
import { formatMac } from '../mac-address.ts';
import { option } from '../options/option-table.ts';
import { decodePacket } from '../packet/decode-packet.ts';
import { messageType, readOption } from '../packet/dhcp-packet.ts';
import { encodePacket } from '../packet/encode-packet.ts';
import { type ClientMessage, clientPacket } from './client-message.ts';
import { relay } from './loopback-relay.ts';

/** A relay on loopback for many clients at once; it remembers what each was acknowledged. */
export class BurstRelay {
  /** Address by client. */
  readonly acknowledged = new Map<string, string>();
  /** Clients that were refused. */
  readonly refused = new Set<string>();
  readonly #socket: Socket;
  readonly #port: number;

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.on('message', (bytes) => this.#receive(bytes));
  }

  static async open(port: number): Promise<BurstRelay> {
    return new BurstRelay(await bindUdp({ address: relay, port }, { shared: true }), port);
  }

  tell(message: ClientMessage): Promise<void> {
    const bytes = encodePacket(clientPacket({ giaddr: relay, ...message }));
    return new Promise((resolve, reject) => {
      this.#socket.send(bytes, this.#port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    return closeUdp(this.#socket);
  }

  #receive(bytes: Buffer): void {
    const packet = decodePacket(bytes);
    const mac = formatMac(packet.chaddr);
    const type = readOption(packet.options, option.messageType);
    if (type === messageType.ack) this.acknowledged.set(mac, formatIpv4(packet.yiaddr));
    if (type === messageType.nak) this.refused.add(mac);
  }
}
