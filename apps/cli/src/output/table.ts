import Table from 'cli-table3';
import type { Colours } from './colour.ts';

/** A table without frames: columns two spaces apart, headings in bold, nothing cut. */
export function table(c: Colours, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const out = new Table({
    head: headings.map((heading) => c.bold(heading)),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
  });
  out.push(...rows.map((row) => [...row]));
  return out
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Name and value lines, the values in one column. */
export function facts(c: Colours, pairs: readonly (readonly [string, string | null | undefined])[]): string {
  const shown = pairs.filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${c.dim(name.padEnd(width))}  ${value}`).join('\n');
}
