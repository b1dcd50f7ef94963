import { expect, it } from 'vitest';
import { parseStanzas, relatedNames, renderStanza } from './stanza.ts';

const TEXT = 'Package: a\nDescription: short\n long\n .\n more\nDepends: b (>= 1)\n\n\nPackage: b\n';

it('reads paragraphs with folded values and writes them again', () => {
  const stanzas = parseStanzas(TEXT);
  expect(stanzas.map((stanza) => stanza.get('Package'))).toEqual(['a', 'b']);
  expect(stanzas.map(renderStanza).join('\n')).toBe(TEXT.replace('\n\n\n', '\n\n'));
});

it('reads nothing from nothing', () => {
  expect(parseStanzas('')).toEqual([]);
});

it('names what a relation relates to, the first of alternatives', () => {
  expect(relatedNames('libc6 (>= 2.41), a | b, c:any')).toEqual(['libc6', 'a', 'c']);
  expect(relatedNames(undefined)).toEqual([]);
});
