/** Lets one holder in at a time, in the order of asking. */
export class FifoLock {
  #tail: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn; the caller must call the answer, once, to let the next one in. */
  async acquire(): Promise<() => void> {
    const before = this.#tail;
    let release: () => void = () => {};
    this.#tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  /** Runs `work` as the only holder. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}
