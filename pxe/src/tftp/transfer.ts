import type { Socket } from 'node:dgram';
import { closeUdp } from '../shared/udp-socket.ts';
import { decodeTftp } from './decode-tftp.ts';
import { encodeDataHeader, encodeError, encodeOack } from './encode-tftp.ts';
import type { TransferTerms } from './negotiate.ts';
import { RetransmitTimer } from './retransmit-timer.ts';
import { SendWindow } from './send-window.ts';
import type { TftpContent } from './tftp-content.ts';
import { errorCode } from './tftp-packet.ts';

/** How a transfer ended. */
export type TransferResult =
  | { readonly kind: 'completed'; readonly bytes: number; readonly repeats: number }
  | {
      readonly kind: 'failed';
      readonly reason: 'timeout' | 'client-error' | 'client-gone' | 'content' | 'aborted';
      readonly detail: string;
      readonly bytes: number;
    };

/**
 * One file on its way to one client, on a socket connected to that client: the kernel drops what anyone else sends
 * to it. Datagrams that are no TFTP are dropped without an answer.
 */
export class Transfer {
  /** Settles once, when the socket and the content have been closed. Never rejects. */
  readonly finished: Promise<TransferResult>;
  readonly #socket: Socket;
  readonly #content: TftpContent;
  readonly #terms: TransferTerms;
  readonly #window: SendWindow;
  readonly #timer: RetransmitTimer;
  #negotiating: boolean;
  #reading = false;
  #ended = false;
  #repeats = 0;
  #settle: (result: TransferResult) => void = () => {};

  constructor(socket: Socket, content: TftpContent, terms: TransferTerms) {
    this.#socket = socket;
    this.#content = content;
    this.#terms = terms;
    this.#negotiating = terms.confirmed.size > 0;
    // A file whose size is a multiple of the block size ends with an empty block (RFC 1350 section 6).
    this.#window = new SendWindow(Math.floor(content.size / terms.blockSize) + 1, terms.windowSize);
    this.#timer = new RetransmitTimer(terms.timeout, {
      due: () => this.#repeat(),
      giveUp: () => this.#fail('timeout', `no acknowledgement of block ${this.#window.acknowledged + 1}`),
    });
    this.finished = new Promise<TransferResult>((resolve) => {
      this.#settle = resolve;
    }).then((result) => this.#cleanUp(result));
    socket.on('message', (bytes) => this.#receive(bytes));
    socket.on('error', (error) => this.#fail('client-gone', error.message));
  }

  /** Sends the first packet. */
  start(): void {
    this.#send();
  }

  /** Whether the client has answered anything yet. */
  get isUnderWay(): boolean {
    return !this.#negotiating && this.#window.acknowledged > 0;
  }

  /** Stops at once and tells the client. */
  abort(detail: string): void {
    this.#fail('aborted', detail);
  }

  #receive(bytes: Buffer): void {
    if (this.#ended) return;
    const packet = decodeTftp(bytes);
    if (packet?.kind === 'error') this.#fail('client-error', `${packet.code} ${packet.message}`);
    if (packet?.kind === 'ack') this.#acknowledge(packet.block);
  }

  #acknowledge(block: number): void {
    if (this.#negotiating) {
      if (block !== 0) return;
      this.#negotiating = false;
      this.#timer.progress();
      this.#send();
      return;
    }
    const result = this.#window.acknowledge(block);
    if (result === 'ignore') return;
    this.#timer.progress();
    if (result === 'done')
      this.#end({ kind: 'completed', bytes: this.#content.size, repeats: this.#repeats });
    else this.#send();
  }

  #repeat(): void {
    this.#repeats += 1;
    this.#send();
  }

  #send(): void {
    if (this.#ended) return;
    if (this.#negotiating) {
      this.#transmit(encodeOack(this.#terms.confirmed));
      this.#timer.sent();
    } else if (!this.#reading) {
      this.#sendWindow();
    }
  }

  /** Waits for the disk only when it must; an acknowledgement that comes meanwhile is served by the same reading. */
  #sendWindow(): void {
    const { blockSize, windowSize } = this.#terms;
    const offset = this.#window.acknowledged * blockSize;
    const bytes = this.#content.read(offset, blockSize * windowSize);
    if (Buffer.isBuffer(bytes)) {
      this.#sendBlocks(bytes);
      return;
    }
    this.#reading = true;
    bytes.then(
      () => {
        this.#reading = false;
        this.#send();
      },
      (error: Error) => this.#fail('content', error.message),
    );
  }

  #sendBlocks(bytes: Buffer): void {
    const { blockSize } = this.#terms;
    const { first, last } = this.#window.take();
    for (let block = first; block <= last; block += 1) {
      const start = (block - first) * blockSize;
      this.#transmit([encodeDataHeader(block), bytes.subarray(start, start + blockSize)]);
    }
    this.#timer.sent();
  }

  #transmit(bytes: Buffer | Buffer[]): void {
    this.#socket.send(Array.isArray(bytes) ? bytes : [bytes], (error) => {
      if (error) this.#fail('client-gone', error.message);
    });
  }

  #fail(reason: Extract<TransferResult, { kind: 'failed' }>['reason'], detail: string): void {
    const bytes = Math.min(this.#window.acknowledged * this.#terms.blockSize, this.#content.size);
    this.#end({ kind: 'failed', reason, detail, bytes });
  }

  #end(result: TransferResult): void {
    this.#ended = true;
    this.#settle(result);
  }

  async #cleanUp(result: TransferResult): Promise<TransferResult> {
    this.#timer.stop();
    if (result.kind === 'failed' && (result.reason === 'content' || result.reason === 'aborted')) {
      const message = encodeError(errorCode.other, result.detail);
      await new Promise<void>((resolve) => this.#socket.send(message, () => resolve()));
    }
    await Promise.all([closeUdp(this.#socket), this.#content.close()]);
    return result;
  }
}
