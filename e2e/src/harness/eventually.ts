import { setTimeout as delay } from 'node:timers/promises';

const LOOK_AGAIN_MS = 200;

/**
 * Looks until `look` answers with something, and returns that. What it throws meanwhile is kept and told only
 * when time runs out: the process asked may just be the one that was killed.
 */
export async function eventually<T>(
  what: string,
  timeoutMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let trouble: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await look();
      if (found !== undefined) return found;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    await delay(LOOK_AGAIN_MS);
  }
  throw new Error(`${what}: not within ${timeoutMs / 1000} s`, { cause: trouble });
}
