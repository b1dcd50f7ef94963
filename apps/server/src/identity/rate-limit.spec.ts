import { expect, it } from 'vitest';
import { RateLimit } from './rate-limit.ts';

it('lets each key through so often per window', () => {
  const limit = new RateLimit(2, 1000);

  expect([limit.take('a', 0), limit.take('a', 1), limit.take('a', 2), limit.take('b', 3)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect(limit.secondsLeft('a', 2)).toBe(1);
  expect(limit.take('a', 1000)).toBe(true);
});

it('does not grow past its bound, whoever sends however many keys', () => {
  const limit = new RateLimit(1, 1_000_000);
  for (let n = 0; n < 30_000; n += 1) limit.take(`key ${n}`, n);

  expect(limit.size).toBeLessThanOrEqual(10_000);
});
