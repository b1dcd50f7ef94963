import { describe, expect, it } from 'vitest';
import { printable, printableJson } from './printable.ts';

describe('printable', () => {
  it('drops what databases refuse and people cannot read', () => {
    expect(printable('a\u0000b\u0007c\td\r\n\u001b[1mbold é\ud800')).toBe('abc\td\r\n\u001b[1mbold é\ufffd');
  });

  it('reaches every text of a value', () => {
    expect(printableJson({ a: ['x\u0000', 1, null], b: { c: 'y\u0001' } })).toEqual({
      a: ['x', 1, null],
      b: { c: 'y' },
    });
  });
});
