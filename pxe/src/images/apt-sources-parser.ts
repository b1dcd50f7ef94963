import type { AptSource } from './apt-sources.ts';

/** Parses sources.list(5) one-line entries; `deb-src`, comments and cdrom entries are left out. */
export function parseOneLineSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!match) return [];
    const [, options = '', uri = '', suite = '', components = ''] = match;
    if (uri.startsWith('cdrom:')) return [];
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
    return [entry(uri, suite, words(components), signedBy)];
  });
}

/** Parses deb822 stanzas; disabled stanzas and those without type `deb` are left out. */
export function parseDeb822Sources(text: string): AptSource[] {
  return text.split(/\n(?:[ \t]*\n)+/).flatMap((stanza) => {
    const fields = parseStanza(stanza);
    const enabled = (fields.get('enabled') ?? 'yes').trim().toLowerCase();
    if (/^(no|false|off|0|without|disable)$/.test(enabled) || !words(fields.get('types')).includes('deb'))
      return [];
    const signedBy = fields.get('signed-by')?.trim();
    const components = words(fields.get('components'));
    return words(fields.get('uris')).flatMap((uri) =>
      words(fields.get('suites')).map((suite) => entry(uri, suite, components, signedBy)),
    );
  });
}

function parseStanza(stanza: string): Map<string, string> {
  const fields = new Map<string, string>();
  let current = '';
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue;
    const match = /^([A-Za-z][A-Za-z0-9-]*):\s*(.*)$/.exec(line);
    if (match) {
      current = (match[1] ?? '').toLowerCase();
      fields.set(current, match[2] ?? '');
    } else if (current && /^[ \t]/.test(line)) {
      fields.set(current, `${fields.get(current)}\n${line.slice(1)}`);
    }
  }
  return fields;
}

function entry(uri: string, suite: string, components: string[], signedBy: string | undefined): AptSource {
  return { uri, suite, components, ...(signedBy ? { signedBy } : {}) };
}

function words(text: string | undefined): string[] {
  return text?.split(/\s+/).filter(Boolean) ?? [];
}
