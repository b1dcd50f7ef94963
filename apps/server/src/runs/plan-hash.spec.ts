import { describe, expect, it } from 'vitest';
import { planHash, staleness } from './plan-hash.ts';

const basis = { draft: [1, 2], steps: ['a'], nodes: [['n', ['key'], null]] };

describe('a plan hash', () => {
  it('holds as long as nothing has changed', () => {
    expect(staleness(planHash(basis), structuredClone(basis))).toEqual([]);
  });

  it.each([
    [{ ...basis, draft: [1, 3] }, ['the proposal was edited or committed']],
    [{ ...basis, steps: ['b'] }, [expect.stringContaining('what the steps would do')]],
    [{ ...basis, nodes: [] }, [expect.stringContaining('another run')]],
    [
      { ...basis, draft: [2, 3], nodes: [] },
      [expect.stringContaining('edited'), expect.stringContaining('another run')],
    ],
  ])('tells what changed: %j', (now, changes) => {
    expect(staleness(planHash(basis), now)).toEqual(changes);
  });

  it.each(['', 'nonsense', '--'])('that is none (%j) is stale in every part', (hash) => {
    expect(staleness(hash, basis)).toHaveLength(3);
  });
});
