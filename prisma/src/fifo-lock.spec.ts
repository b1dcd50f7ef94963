import { describe, expect, it } from 'vitest';
import { FifoLock } from './fifo-lock.ts';

describe('FifoLock', () => {
  it('lets in one at a time, in the order of asking', async () => {
    const lock = new FifoLock();
    const seen: string[] = [];
    const visit = (name: string) =>
      lock.run(async () => {
        seen.push(`${name} in`);
        await Promise.resolve();
        seen.push(`${name} out`);
      });

    await Promise.all([visit('a'), visit('b'), visit('c')]);

    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('is free again after a failure', async () => {
    const lock = new FifoLock();

    await expect(lock.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await lock.run(() => Promise.resolve('yes'))).toBe('yes');
  });
});
