/** Turns the first Ctrl-C, hang-up or SIGTERM into an abort; the second one ends the process at once. */
export function interruption(onInterrupt: () => void): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // What is left then, the exit handler of the rack removes.
      if (controller.signal.aborted) process.exit(130);
      onInterrupt();
      controller.abort(new Interrupted());
    });
  }
  return controller.signal;
}

/** The person called it off: no fault, nothing to explain. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** Resolves when the signal fires. */
export function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
