const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
const HEALTHY_MS = 30_000;

/** How long to wait before a process that died is started again: doubled each time, forgotten after a healthy while. */
export class Restarts {
  count = 0;
  #pause = FIRST_PAUSE_MS;

  nextPause(ranForMs: number): number {
    if (ranForMs > HEALTHY_MS) this.#pause = FIRST_PAUSE_MS;
    const pause = this.#pause;
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    this.count += 1;
    return pause;
  }
}
