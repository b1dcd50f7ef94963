import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

describe('KeyedQueue', () => {
  it('runs one task per key at a time, in order, also after a failure', async () => {
    const queue = new KeyedQueue();
    const log: string[] = [];
    let running = 0;
    const task = (name: string) => async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      log.push(name);
      if (name === 'b') throw new Error('b failed');
    };

    const all = ['a', 'b', 'c'].map((name) => queue.run('bmc', task(name)));

    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(log).toEqual(['a', 'b', 'c']);
    expect(queue.busy).toBe(0);
  });

  it('runs different keys side by side', async () => {
    const queue = new KeyedQueue();
    const { promise, resolve } = deferred();

    const first = queue.run('one', () => promise);
    await queue.run('two', async () => undefined);
    resolve();

    await expect(first).resolves.toBeUndefined();
  });
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
