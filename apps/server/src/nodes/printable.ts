/** Terminals and databases both choke on these; tab, line feed, carriage return and escape stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/g;

/** Text from a machine, without what PostgreSQL refuses (NUL, halves of surrogate pairs) or nobody can read. */
export function printable(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replace(unprintable, '');
}

/** The same for every text inside a value that came as JSON. */
export function printableJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
    typeof item === 'string' ? printable(item) : item,
  ) as T;
}
