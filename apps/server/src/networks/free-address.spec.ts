import { describe, expect, it } from 'vitest';
import { candidates, portions } from './free-address.ts';

const ranges = [
  { purpose: 'host', first: '10.0.0.10', last: '10.0.0.12' },
  { purpose: 'host', first: '10.0.0.2', last: '10.0.0.3' },
] as const;

describe('candidates', () => {
  it('begins at the start when nothing has been given out', () => {
    expect([...candidates(ranges, null)]).toEqual([
      '10.0.0.2',
      '10.0.0.3',
      '10.0.0.10',
      '10.0.0.11',
      '10.0.0.12',
    ]);
  });

  it('goes on after the latest, and comes round once', () => {
    expect([...candidates(ranges, '10.0.0.10')]).toEqual([
      '10.0.0.11',
      '10.0.0.12',
      '10.0.0.2',
      '10.0.0.3',
      '10.0.0.10',
    ]);
  });

  it('comes round when the latest was the last, or lies in no range', () => {
    expect([...candidates(ranges, '10.0.0.12')][0]).toBe('10.0.0.2');
    expect([...candidates(ranges, '192.0.2.1')]).toHaveLength(5);
  });
});

describe('portions', () => {
  it('cuts without losing the rest', () => {
    expect([...portions([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
    expect([...portions([], 2)]).toEqual([]);
  });
});
