import type { RemoteInfo, Socket } from 'node:dgram';
import { Counters } from '../shared/counters.ts';
import { bindUdp, closeUdp } from '../shared/udp-socket.ts';
import { normalizeName } from './confined-files.ts';
import { decodeTftp } from './decode-tftp.ts';
import { encodeError } from './encode-tftp.ts';
import { openTransfer } from './open-transfer.ts';
import type { TftpFile } from './tftp-content.ts';
import type { RefusalReason, TftpEvent, TransferSubject } from './tftp-event.ts';
import { errorCode, type TftpRequest } from './tftp-packet.ts';
import { type TransferSlot, TransferTable } from './transfer-table.ts';

/** Who asks for a file. */
export interface TftpPeer {
  readonly address: string;
  readonly port: number;
}

/** Finds content by name; null when there is none. Names come without leading slashes and with `/` between parts. */
export type TftpResolver = (name: string, peer: TftpPeer) => TftpFile | null | Promise<TftpFile | null>;

/** What a server needs; the limits have defaults that suit boot ROMs. */
export interface TftpServerOptions {
  /** The address to listen on and to answer from. */
  readonly address: string;
  /** 69 unless told; 0 takes any free one. */
  readonly port?: number;
  readonly resolve: TftpResolver;
  /** Told when something has happened; must not throw. */
  readonly onEvent?: (event: TftpEvent) => void;
  readonly maxTransfers?: number;
  readonly maxTransfersPerAddress?: number;
  /** Bytes. */
  readonly maxBlockSize?: number;
  /** Blocks. */
  readonly maxWindowSize?: number;
}

const defaults = {
  port: 69,
  maxTransfers: 1000,
  maxTransfersPerAddress: 100,
  maxBlockSize: 1468,
  maxWindowSize: 64,
  onEvent: () => {},
};

/** What the client is told; a busy server says nothing, for clients take an error as final and silence as a reason to ask again. */
const refusals: Readonly<Record<Exclude<RefusalReason, 'busy'>, Buffer>> = {
  'not-found': encodeError(errorCode.notFound, 'no such file'),
  write: encodeError(errorCode.accessViolation, 'this server is read-only'),
  mode: encodeError(errorCode.illegalOperation, 'ask for octet or netascii'),
  unreadable: encodeError(errorCode.other, 'the file cannot be read'),
};

/** A read-only TFTP server: RFC 1350, 2347, 2348, 2349 and 7440. */
export class TftpServer {
  readonly counters = new Counters();
  readonly #options: Required<TftpServerOptions>;
  readonly #transfers: TransferTable;
  #socket: Socket | undefined;

  constructor(options: TftpServerOptions) {
    this.#options = { ...defaults, ...options };
    const { maxTransfers, maxTransfersPerAddress } = this.#options;
    this.#transfers = new TransferTable({ most: maxTransfers, mostPerAddress: maxTransfersPerAddress });
  }

  /** Binds the socket; throws PortUnavailableError with the remedy when that is not possible. */
  async start(): Promise<void> {
    const { address, port } = this.#options;
    const socket = await bindUdp({ address, port });
    socket.on('message', (bytes, peer) => this.#receive(bytes, peer));
    socket.on('error', (error) => this.#tell({ kind: 'socket-error', error }));
    this.#socket = socket;
  }

  /** The port in use. */
  get port(): number {
    return this.#socket?.address().port ?? this.#options.port;
  }

  get activeTransfers(): number {
    return this.#transfers.size;
  }

  /** Stops listening and ends running transfers, telling their clients. */
  async close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) await closeUdp(socket);
    await this.#transfers.abortAll('the server is shutting down');
  }

  /** Only a request gets an answer here: anything else may carry a forged sender and would be reflected. */
  #receive(bytes: Buffer, peer: RemoteInfo): void {
    const packet = decodeTftp(bytes);
    if (packet?.kind !== 'read' && packet?.kind !== 'write') {
      this.#tell({ kind: 'malformed', from: peer.address });
      return;
    }
    const subject = {
      at: Date.now(),
      file: normalizeName(packet.file),
      peer: `${peer.address}:${peer.port}`,
    };
    if (packet.kind === 'write') this.#refuse(subject, peer, 'write');
    else if (packet.mode !== 'octet' && packet.mode !== 'netascii') this.#refuse(subject, peer, 'mode');
    else void this.#admit(subject, packet, peer);
  }

  async #admit(subject: TransferSubject, packet: TftpRequest, peer: RemoteInfo): Promise<void> {
    const slot: TransferSlot = { address: peer.address, port: peer.port, file: subject.file };
    const admission = this.#transfers.admit(slot);
    if (admission === 'repeated') this.#tell({ kind: 'repeated-request', from: peer.address });
    if (admission === 'full') this.#tell({ kind: 'refused', reason: 'busy', ...subject });
    if (admission !== 'admitted') return;
    try {
      const file = await this.#options.resolve(subject.file, { address: peer.address, port: peer.port });
      if (file === null) this.#refuse(subject, peer, 'not-found');
      else await this.#serve(subject, packet, peer, { slot, file });
    } catch (error) {
      this.#refuse(subject, peer, 'unreadable', String(error));
    } finally {
      this.#transfers.leave(slot);
    }
  }

  async #serve(
    subject: TransferSubject,
    { mode, options }: TftpRequest,
    peer: RemoteInfo,
    { slot, file }: { slot: TransferSlot; file: TftpFile },
  ): Promise<void> {
    const { address, maxBlockSize, maxWindowSize } = this.#options;
    const limits = { blockSize: maxBlockSize, windowSize: maxWindowSize };
    const { transfer, terms, size } = await openTransfer({ file, mode, options, peer, address, limits });
    slot.transfer = transfer;
    const { blockSize, windowSize } = terms;
    this.#tell({ kind: 'started', size, blockSize, windowSize, ...subject });
    if (this.#socket) transfer.start();
    else transfer.abort('the server is shutting down');
    const result = await transfer.finished;
    this.#tell({ ...result, ...subject, milliseconds: Date.now() - subject.at });
  }

  #refuse(subject: TransferSubject, peer: RemoteInfo, reason: keyof typeof refusals, detail?: string): void {
    this.#socket?.send(refusals[reason], peer.port, peer.address, (error) => {
      if (error) this.#tell({ kind: 'socket-error', error });
    });
    this.#tell({ kind: 'refused', reason, ...subject, ...(detail === undefined ? {} : { detail }) });
  }

  #tell(event: TftpEvent): void {
    this.counters.add('reason' in event ? `${event.kind}.${event.reason}` : event.kind);
    if (event.kind === 'completed' || event.kind === 'failed') this.counters.add('bytes', event.bytes);
    this.#options.onEvent(event);
  }
}
