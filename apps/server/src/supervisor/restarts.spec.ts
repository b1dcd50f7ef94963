import { expect, it } from 'vitest';
import { Restarts } from './restarts.ts';

it('waits twice as long each time, at most ten seconds, and forgets after a healthy while', () => {
  const restarts = new Restarts();

  const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map(() => restarts.nextPause(100));

  expect(pauses).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  expect(restarts.nextPause(60_000)).toBe(200);
  expect(restarts.count).toBe(9);
});
