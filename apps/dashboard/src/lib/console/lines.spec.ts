import { describe, expect, it } from 'vitest';
import { append, type Lines, maxLines, noLines, settle, visible } from './lines.ts';

const read = (...chunks: string[]): Lines => chunks.reduce(append, noLines);

describe('console lines', () => {
  it('joins chunks that end in the middle of a line', () => {
    const lines = read('boot', 'ing\nready', '\nlogin: ');
    expect(visible(lines, '')).toEqual(['booting', 'ready', 'login:\u0020']);
  });

  it('takes colours and cursor movements away', () => {
    expect(settle('\u001b[1;32mok\u001b[0m done\u001b[K')).toBe('ok done');
    expect(settle('\u001b]0;title\u0007text')).toBe('text');
  });

  it('shows what a rewritten line came to', () => {
    expect(settle('10%\r50%\r100%')).toBe('100%');
    expect(settle('line end\r')).toBe('line end');
  });

  it('finds lines without regard to case', () => {
    expect(visible(read('Alpha\nbeta\nALPHABET\n'), 'alpha')).toEqual(['Alpha', 'ALPHABET']);
  });

  it('drops the oldest lines and says how many', () => {
    const lines = read('x\n'.repeat(maxLines), 'y\nz\n');
    expect(lines.done).toHaveLength(maxLines);
    expect(lines.done.at(-1)).toBe('z');
    expect(lines.dropped).toBe(2);
  });
});
