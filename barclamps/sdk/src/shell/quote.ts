const SAFE = /^[A-Za-z0-9_./:=@%+,-]+$/;

/**
 * The POSIX shell word that expands to exactly `text`. Words of harmless characters stay as they are, so that
 * goldens read like something a person would type.
 *
 * @throws {RangeError} when the text holds a NUL byte, which no shell word can carry.
 */
export function quote(text: string): string {
  if (text.includes('\0')) throw new RangeError('A NUL byte cannot be part of a shell word; remove it.');
  return SAFE.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
