import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `ask` answers something, and answers that. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`It never came true: ${what}.`);
    await delay(50);
  }
}
