import { EncodingError, hasControls } from './encoding-error.ts';

/**
 * One argument of a kickstart command. Kickstart splits lines as a POSIX shell does (Python's shlex).
 * @throws EncodingError for control characters: a command is one line
 */
export function kickstartWord(field: string, text: string): string {
  if (hasControls(text)) throw new EncodingError(field, 'write it in one line without control characters');
  if (/^[A-Za-z0-9_@:/.,+=-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** `--name=value`. @throws EncodingError */
export function kickstartOption(name: string, value: string): string {
  return `--${name}=${kickstartWord(name, value)}`;
}

/**
 * A section with a script. A line that begins with `%end` would end it, and one with `%include` or `%ksappend` would be
 * replaced by a file.
 * @throws EncodingError for such a line
 */
export function kickstartSection(head: string, lines: readonly string[]): string[] {
  for (const line of lines) {
    if (line.includes('\n')) throw new EncodingError(head, 'a line of a section holds a line end');
    if (/^\s*%/.test(line)) throw new EncodingError(head, `no line may begin with %: ${line}`);
  }
  return [head, ...lines, '%end'];
}
