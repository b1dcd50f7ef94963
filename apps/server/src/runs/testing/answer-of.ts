import { until } from '../../testing/index.ts';

/** Asks until there is an answer that holds good, and gives that. */
export async function answerOf<T>(
  ask: () => Promise<T | undefined | null | false>,
  limitMs = 30_000,
): Promise<T> {
  const found: T[] = [];
  await until(async () => {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) found.push(answer);
    return found.length > 0;
  }, limitMs);
  const [first] = found;
  if (first === undefined) throw new Error('There is no answer.');
  return first;
}
