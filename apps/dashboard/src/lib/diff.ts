export interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'head';
  text: string;
}

function kindOf(line: string): DiffLine['kind'] {
  if (line.startsWith('@@') || line.startsWith('--- ') || line.startsWith('+++ ')) return 'head';
  if (line.startsWith('+')) return 'added';
  if (line.startsWith('-')) return 'removed';
  return 'same';
}

/** The lines of a unified diff, each with what it means. */
export function diffLines(diff: string): DiffLine[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .map((text) => ({ kind: kindOf(text), text }));
}
