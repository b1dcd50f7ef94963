/** Lets each key through at most so often per window; forgets keys that have been quiet, and never grows past a bound. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #used = new Map<string, { count: number; until: number }>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** False when the key has used its share up. */
  take(key: string, now = Date.now()): boolean {
    const entry = this.#used.get(key);
    if (entry !== undefined && entry.until > now) {
      entry.count += 1;
      return entry.count <= this.#most;
    }
    if (this.#used.size >= 10_000) this.#forget(now);
    this.#used.set(key, { count: 1, until: now + this.#windowMs });
    return true;
  }

  /** Seconds until the key may try again. */
  secondsLeft(key: string, now = Date.now()): number {
    return Math.max(1, Math.ceil(((this.#used.get(key)?.until ?? now) - now) / 1000));
  }

  /** How many keys it remembers. */
  get size(): number {
    return this.#used.size;
  }

  #forget(now: number): void {
    for (const [key, entry] of this.#used) if (entry.until <= now) this.#used.delete(key);
    const excess = this.#used.size - 9_000;
    if (excess > 0) for (const key of [...this.#used.keys()].slice(0, excess)) this.#used.delete(key);
  }
}
