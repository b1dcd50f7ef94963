import { expect, it } from 'vitest';
import { ago, bytes, duration } from './units.ts';

it.each([
  [0, '0 B'],
  [1536, '1.5 KiB'],
  [2147483648, '2 GiB'],
  [null, '–'],
])('%s bytes read %s', (count, text) => {
  expect(bytes(count)).toBe(text);
});

it.each([
  [1.25, '1.3s'],
  [59, '59s'],
  [93, '1m 33s'],
  [3700, '1h 1m'],
])('%s seconds read %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

it('tells how long ago', () => {
  expect(ago('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:02:05Z'))).toBe('2m 5s ago');
  expect(ago(null)).toBe('never');
});
