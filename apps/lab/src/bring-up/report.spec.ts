import { describe, expect, it } from 'vitest';
import { phasesOf } from './report.ts';

const begin = new Date('2026-01-01T00:00:00Z');
const after = (seconds: number, to: string) => ({
  to,
  at: new Date(begin.getTime() + seconds * 1000).toISOString(),
});

describe('phasesOf', () => {
  it('measures from milestone to milestone, whatever the order of the history', () => {
    const history = [
      after(90, 'ready'),
      after(80, 'readying'),
      after(60, 'installed'),
      after(12.34, 'installing'),
      after(7, 'hardware-installing'),
      after(6.2, 'discovered'),
      after(3, 'discovering'),
    ];
    expect(phasesOf(begin, history)).toEqual({
      discovered: 6.2,
      asked: 0.8,
      installed: 53,
      firstContact: 20,
      ready: 10,
      total: 90,
    });
  });

  it('counts the first time only: applying a role ends in ready again', () => {
    const history = [
      'discovered',
      'hardware-installing',
      'installed',
      'readying',
      'ready',
      'applying',
      'ready',
    ];
    expect(
      phasesOf(
        begin,
        history.map((state, index) => after(index + 1, state)),
      ).total,
    ).toBe(5);
  });

  it('ends where the node has come to', () => {
    expect(phasesOf(begin, [after(5, 'discovered')])).toEqual({ discovered: 5 });
  });
});
