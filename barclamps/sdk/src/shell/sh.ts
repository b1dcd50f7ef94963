import { quote } from './quote.ts';
import { type QuotingState, quotingAfter } from './quoting-state.ts';
import { Script } from './script.ts';

/** What may stand in a shell template. Secrets may not: they travel as payload files, never in a command. */
export type Shellable = string | number | Script | readonly (string | number | Script)[];

/**
 * POSIX shell text with every interpolation quoted as one word; a list becomes one word per entry, and a
 * {@link Script} is inserted as it stands.
 *
 * @throws {TypeError} when an interpolation stands inside quotes (the value's own quotes would end them) or in
 * a comment (where it would be lost), or is of a kind that has no shell form.
 */
export function sh(strings: TemplateStringsArray, ...values: readonly Shellable[]): Script {
  const literals = dedent(strings);
  let text = literals[0] ?? '';
  let state: QuotingState = quotingAfter(text, 'plain');
  values.forEach((value, index) => {
    refuseInside(state, value);
    const literal = literals[index + 1] ?? '';
    text += render(value) + literal;
    state = quotingAfter(literal, state);
  });
  return new Script(text.trim());
}

function refuseInside(state: QuotingState, value: Shellable): void {
  if (state === 'plain') return;
  const where = state === 'comment' ? 'a comment' : `${state} quotes`;
  throw new TypeError(
    `A value (${JSON.stringify(String(value)).slice(0, 40)}) stands inside ${where}: sh quotes it itself, move it out.`,
  );
}

function render(value: Shellable): string {
  if (value instanceof Script) return value.text;
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map((entry) => render(entry as Shellable)).join(' ');
  throw new TypeError(
    'sh takes text, finite numbers, scripts and lists of them; put secrets into a payload file.',
  );
}

/** Removes the indentation all lines share because of the TypeScript source around the template. */
function dedent(strings: readonly string[]): string[] {
  const lines = strings.join('\0').split('\n');
  const indents = lines
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.search(/\S/));
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  const [first = '', ...rest] = lines;
  return [first, ...rest.map((line) => line.slice(common))].join('\n').split('\0');
}
