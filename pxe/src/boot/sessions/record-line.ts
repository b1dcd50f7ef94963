import { crc32 } from 'node:zlib';

/** One change: a value for a key, or null for its removal. */
export interface JournalRecord<T> {
  key: string;
  value: T | null;
}

/** One line: CRC-32 of the JSON as 8 hex digits, a space, the JSON, a line feed. */
export function encodeRecord<T>(record: JournalRecord<T>): string {
  const json = JSON.stringify([record.key, record.value]);
  return `${checksum(json)} ${json}\n`;
}

/** Reads lines back in order; lines that are torn or do not match their checksum are counted and left out. */
export function decodeRecords<T>(content: Buffer): { records: JournalRecord<T>[]; damaged: number } {
  const records: JournalRecord<T>[] = [];
  let damaged = 0;
  for (const line of content.toString('utf8').split('\n')) {
    if (line === '') continue;
    const record = decodeRecord<T>(line);
    if (record) records.push(record);
    else damaged += 1;
  }
  return { records, damaged };
}

function decodeRecord<T>(line: string): JournalRecord<T> | null {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(json)) return null;
  const [key, value] = JSON.parse(json) as [string, T | null];
  return { key, value };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
