/** What an acknowledgement calls for. */
export type AckResult = 'ignore' | 'send' | 'done';

/**
 * Which blocks of a transfer are on their way (RFC 7440; a window of 1 is RFC 1350). Blocks are counted from 1 without
 * end, while the wire shows only the low 16 bits.
 */
export class SendWindow {
  readonly #blocks: number;
  readonly #size: number;
  #acknowledged = 0;
  #sent = 0;
  #recovering = false;

  constructor(blocks: number, size: number) {
    this.#blocks = blocks;
    this.#size = size;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** First and last block to send now; they count as sent from here on. */
  take(): { first: number; last: number } {
    const first = this.#acknowledged + 1;
    this.#sent = Math.min(this.#acknowledged + this.#size, this.#blocks);
    return { first, last: this.#sent };
  }

  /**
   * A number that repeats the last one is ignored in a window of 1, or every block after it would go out twice (the
   * Sorcerer's Apprentice, RFC 1123 section 4.2.3.1). In a longer window it says that the first block was lost, which
   * is believed once.
   */
  acknowledge(wireBlock: number): AckResult {
    const advance = (wireBlock - this.#acknowledged) & 0xffff;
    const inFlight = this.#sent - this.#acknowledged;
    if (advance > inFlight) return 'ignore';
    if (advance === 0) return this.#repeated(inFlight);
    this.#acknowledged += advance;
    this.#recovering = advance < inFlight;
    return this.#acknowledged === this.#blocks ? 'done' : 'send';
  }

  #repeated(inFlight: number): AckResult {
    if (this.#size === 1 || this.#recovering || inFlight === 0) return 'ignore';
    this.#recovering = true;
    return 'send';
  }
}
