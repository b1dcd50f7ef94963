import { EncodingError, hasControls } from './encoding-error.ts';

type PreseedType = 'string' | 'boolean' | 'select' | 'multiselect' | 'password' | 'note';

/**
 * One answer of a preseed file. The format has no quoting: a value is the rest of its line.
 * @throws EncodingError for what would be read otherwise
 */
export function preseedLine(owner: string, question: string, type: PreseedType, value: string): string {
  if (!/^[a-z0-9.+-]+$/.test(owner)) throw new EncodingError(question, 'the owner is no package name');
  if (!/^[A-Za-z0-9/_.+-]+$/.test(question)) throw new EncodingError(question, 'this is no question name');
  return `${owner} ${question} ${type}${value === '' ? '' : ` ${preseedValue(question, value)}`}`;
}

/** A comment; control characters become question marks. */
export function preseedComment(text: string): string {
  return `# ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?')}`;
}

function preseedValue(question: string, value: string): string {
  if (hasControls(value))
    throw new EncodingError(question, 'write it in one line without control characters');
  if (value.includes('\\'))
    throw new EncodingError(question, 'leave out the backslash, which preseed reads as its own');
  if (value !== value.trim()) throw new EncodingError(question, 'leave out the spaces around it');
  return value;
}
