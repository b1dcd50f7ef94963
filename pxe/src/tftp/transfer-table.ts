import type { Transfer } from './transfer.ts';

/** A place in the table; `transfer` is absent while its content is being looked up. */
export interface TransferSlot {
  readonly address: string;
  readonly port: number;
  readonly file: string;
  transfer?: Transfer;
}

/** Who is being served. */
export class TransferTable {
  readonly #slots = new Map<string, Set<TransferSlot>>();
  readonly #most: number;
  readonly #mostPerAddress: number;
  #size = 0;

  constructor(limits: { most: number; mostPerAddress: number }) {
    this.#most = limits.most;
    this.#mostPerAddress = limits.mostPerAddress;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Takes the slot in. `repeated`: the client sent its request again before our first packet reached it, and the
   * transfer's own timer takes care of that. A request from a port whose transfer is under way is a new one: ROMs use
   * one port for all files.
   */
  admit(slot: TransferSlot): 'admitted' | 'repeated' | 'full' {
    const ofAddress = this.#slots.get(slot.address) ?? new Set();
    for (const { port, file, transfer } of ofAddress) {
      if (port === slot.port && file === slot.file && !transfer?.isUnderWay) return 'repeated';
    }
    if (this.#size >= this.#most || ofAddress.size >= this.#mostPerAddress) return 'full';
    this.#slots.set(slot.address, ofAddress.add(slot));
    this.#size += 1;
    return 'admitted';
  }

  /** Gives the place back. */
  leave(slot: TransferSlot): void {
    const ofAddress = this.#slots.get(slot.address);
    if (!ofAddress?.delete(slot)) return;
    this.#size -= 1;
    if (ofAddress.size === 0) this.#slots.delete(slot.address);
  }

  /** Ends all transfers and waits until their sockets are closed. */
  async abortAll(detail: string): Promise<void> {
    const transfers = [...this.#slots.values()].flatMap((slots) =>
      [...slots].map(({ transfer }) => transfer),
    );
    for (const transfer of transfers) transfer?.abort(detail);
    await Promise.all(transfers.map((transfer) => transfer?.finished));
  }
}
