import { EncodingError } from './encoding-error.ts';

/**
 * One word of a POSIX shell command, for any text. A quote inside is written in double quotes, so that the result holds
 * no backslash of ours: preseed and some consoles eat those.
 * @throws EncodingError for NUL, which no shell can hold
 */
export function shellWord(text: string): string {
  if (text.includes('\0')) throw new EncodingError('shell word', 'leave out the NUL character');
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
