const initial = 1000;
const shortest = 250;
const longest = 4000;
const mostRepeats = 8;
const mostSilence = 60_000;

/** When to send again what was not acknowledged: at the client's own interval, else by the round trips seen so far. */
export class RetransmitTimer {
  readonly #onDue: () => void;
  readonly #onGiveUp: () => void;
  readonly #fixed: number | undefined;
  #roundTrip: number | undefined;
  #sentAt: number | undefined;
  #repeats = 0;
  #silence = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(interval: number | undefined, on: { due: () => void; giveUp: () => void }) {
    this.#fixed = interval;
    this.#onDue = on.due;
    this.#onGiveUp = on.giveUp;
  }

  /** Something was sent and its acknowledgement is awaited. */
  sent(): void {
    this.#sentAt = this.#repeats === 0 ? performance.now() : undefined;
    clearTimeout(this.#timer);
    const interval = this.#interval();
    this.#timer = setTimeout(() => this.#fire(interval), interval);
  }

  /** The client is there and moves on; a round trip counts only when nothing was sent twice in it (Karn). */
  progress(): void {
    if (this.#sentAt !== undefined) {
      const measured = performance.now() - this.#sentAt;
      this.#roundTrip = this.#roundTrip === undefined ? measured : this.#roundTrip * 0.875 + measured * 0.125;
    }
    this.#repeats = 0;
    this.#silence = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #interval(): number {
    if (this.#fixed !== undefined) return this.#fixed;
    const base = this.#roundTrip === undefined ? initial : Math.max(shortest, this.#roundTrip * 4);
    return Math.min(longest, base * 2 ** this.#repeats);
  }

  #fire(waited: number): void {
    this.#repeats += 1;
    this.#silence += waited;
    if (this.#repeats > mostRepeats || this.#silence >= mostSilence) this.#onGiveUp();
    else this.#onDue();
  }
}
