import type { Mark } from '../backend.ts';
import { type Lines, millisecondsOf } from '../http/lines.ts';

/** Reads `<prefix><name>=<milliseconds since kernel start>` lines; @returns them on this server's clock, earliest first */
export function marksOf(lines: Lines, prefix: string, startedAt: number): Mark[] {
  const marks: Mark[] = [];
  for (const key of lines.keys()) {
    if (!key.startsWith(prefix)) continue;
    const elapsed = millisecondsOf(lines, key);
    if (elapsed !== null) marks.push({ name: key.slice(prefix.length), at: startedAt + elapsed });
  }
  return marks.sort((a, b) => a.at - b.at);
}
