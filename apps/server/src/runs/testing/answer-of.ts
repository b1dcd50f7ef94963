import { until } from '../../testing/index.ts';

/** Asks until there is an answer that holds good, and gives that. */
export async function answerOf<T>(ask: () => Promise<T | undefined | false>, limitMs = 30_000): Promise<T> {
  let answer: T | undefined | false;
  await until(async () => {
    answer = await ask();
    return answer !== undefined && answer !== false;
  }, limitMs);
  if (answer === undefined || answer === false) throw new Error('There is no answer.');
  return answer;
}
