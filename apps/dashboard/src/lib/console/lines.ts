/** At most this many lines of a console are kept in the page. */
export const maxLines = 20_000;

export interface Lines {
  /** Finished lines. */
  done: readonly string[];
  /** The line still being written. */
  open: string;
  /** How many lines were dropped from the top. */
  dropped: number;
}

export const noLines: Lines = { done: [], open: '', dropped: 0 };

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the terminal's control sequences
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters other than tab
const controls = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g;

/** What a terminal would leave standing of one line: after a carriage return the line is written anew. */
export function settle(line: string): string {
  const plain = line.replace(escapes, '').replace(/\r+$/, '');
  return (plain.split('\r').at(-1) ?? '').replace(controls, '');
}

/** The console after one more chunk. */
export function append(lines: Lines, chunk: string): Lines {
  const parts = (lines.open + chunk).split('\n');
  const open = parts.pop() ?? '';
  const done = [...lines.done, ...parts.map(settle)];
  const excess = Math.max(0, done.length - maxLines);
  return { done: excess === 0 ? done : done.slice(excess), open, dropped: lines.dropped + excess };
}

/** The lines to show, optionally only those that contain a text. */
export function visible(lines: Lines, needle: string): string[] {
  const all = lines.open === '' ? [...lines.done] : [...lines.done, settle(lines.open)];
  const wanted = needle.trim().toLowerCase();
  return wanted === '' ? all : all.filter((line) => line.toLowerCase().includes(wanted));
}
