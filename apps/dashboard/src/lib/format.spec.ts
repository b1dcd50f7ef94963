import { describe, expect, it } from 'vitest';
import { ago, bytes, elapsed, plural, span, until } from './format.ts';

describe('format', () => {
  it.each([
    [null, '–'],
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [34_359_738_368, '32 GiB'],
    [2_516_582_400_000, '2.3 TiB'],
  ])('bytes %s', (count, text) => {
    expect(bytes(count)).toBe(text);
  });

  it.each([
    [-5, '0 ms'],
    [840, '840 ms'],
    [4200, '4.2 s'],
    [9999, '10 s'],
    [59_900, '1 m 0 s'],
    [72_000, '1 m 12 s'],
    [11_040_000, '3 h 4 m'],
    [190_800_000, '2 d 5 h'],
  ])('span %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it('ticks in whole seconds', () => {
    const now = Date.parse('2026-01-01T00:00:10.700Z');
    expect(elapsed('2026-01-01T00:00:03Z', now)).toBe('7 s');
    expect(elapsed('2026-01-01T00:00:30Z', now)).toBe('0 s');
    expect(ago('2026-01-01T00:00:08Z', now)).toBe('just now');
    expect(ago('2025-12-31T23:00:10.700Z', now)).toBe('1 h 0 m ago');
    expect(until('2026-01-01T00:01:11Z', now)).toBe('in 1 m 0 s');
    expect(until('2026-01-01T00:00:00Z', now)).toBe('10 s overdue');
  });

  it('counts in words', () => {
    expect(plural(1, 'node')).toBe('1 node');
    expect(plural(2, 'address', 'addresses')).toBe('2 addresses');
  });
});
