import { badRequest } from './boot-http-error.ts';

/** Values by key, each key's in the order in which they came. */
export type Lines = ReadonlyMap<string, readonly string[]>;

const keyPattern = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;
const maxLines = 1000;

/** Writes one `key=value` per line; what is not plain in a value is percent-encoded (UTF-8). */
export function encodeLines(entries: Iterable<readonly [string, string]>): string {
  return [...entries].map(([key, value]) => `${key}=${encodeValue(value)}\n`).join('');
}

/** Leaves A-Z a-z 0-9 . _ : / @ + space and hyphen as they are. */
export function encodeValue(value: string): string {
  return value.replace(/[^A-Za-z0-9._:/@+ -]/gu, (character) =>
    [...Buffer.from(character, 'utf8')]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

/** @throws BootHttpError 400 naming the line that is not `key=value` */
export function parseLines(text: string): Lines {
  const lines = text.split(/\r?\n/);
  if (lines.length > maxLines) throw badRequest(`more than ${maxLines} lines`);
  const values = new Map<string, string[]>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [key, value] = parseLine(line, index + 1);
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}

/** The only or first value of a key, or null. */
export function firstValue(lines: Lines, key: string): string | null {
  return lines.get(key)?.[0] ?? null;
}

/** A whole number of milliseconds from 0 to about 24 days, or null where the key is missing. */
export function millisecondsOf(lines: Lines, key: string): number | null {
  const text = firstValue(lines, key);
  if (text === null) return null;
  if (!/^\d{1,10}$/.test(text)) throw badRequest(`${key}: not a number of milliseconds`);
  return Number(text);
}

function parseLine(line: string, number: number): [string, string] {
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(at, 0));
  if (!keyPattern.test(key)) throw badRequest(`line ${number}: not key=value`);
  try {
    return [key, decodeURIComponent(line.slice(at + 1))];
  } catch (error) {
    throw badRequest(`line ${number}: broken percent-encoding: ${(error as Error).message}`);
  }
}
