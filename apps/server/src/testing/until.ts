import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition of a test, and fails with its text when it does not come true in time. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms: ${condition.toString()}`);
    await delay(20);
  }
}
