/** The fields of one paragraph of a control file (deb822), in their order; folded values keep their line breaks. */
export type Stanza = ReadonlyMap<string, string>;

/** Parses paragraphs such as those of a Packages file. */
export function parseStanzas(text: string): Stanza[] {
  return text
    .split(/\n(?:[ \t]*\n)+/)
    .map(parseStanza)
    .filter((stanza) => stanza.size > 0);
}

/** The paragraph as text, without a blank line after it. */
export function renderStanza(stanza: Stanza): string {
  return [...stanza]
    .map(([name, value]) => `${name}:${value.startsWith('\n') ? '' : ' '}${value}\n`)
    .join('');
}

/** The package names of a relation field, alternatives and versions left out: the first of each `a (>= 1) | b`. */
export function relatedNames(relation: string | undefined): string[] {
  return (relation ?? '')
    .split(',')
    .map((item) => item.trim().split(/[ (|:]/)[0] ?? '')
    .filter(Boolean);
}

function parseStanza(text: string): Stanza {
  const stanza = new Map<string, string>();
  let current = '';
  for (const line of text.split('\n')) {
    const field = /^([A-Za-z0-9-]+):[ \t]*(.*)$/.exec(line);
    if (field?.[1] !== undefined) {
      current = field[1];
      stanza.set(current, field[2] ?? '');
    } else if (current !== '' && /^[ \t]/.test(line)) {
      stanza.set(current, `${stanza.get(current)}\n${line}`);
    }
  }
  return stanza;
}
