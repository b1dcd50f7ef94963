import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readAptSources,
  readDebianSources,
  renderDeb822Sources,
  renderOneLineSources,
} from './apt-sources.ts';
import { parseDeb822Sources, parseOneLineSources } from './apt-sources-parser.ts';

describe('parseOneLineSources', () => {
  it('reads entries with options, several components and trailing comments', () => {
    const text = `
# deb http://mirror.test/debian old main
deb http://mirror.test/debian bookworm main contrib # the mirror
deb [ arch=amd64 signed-by=/usr/share/keyrings/x.gpg ] https://repo.test/apt stable main
deb-src http://mirror.test/debian bookworm main
deb cdrom:[Debian 12]/ bookworm main
deb http://flat.test/repo ./
`;
    expect(parseOneLineSources(text)).toEqual([
      { uri: 'http://mirror.test/debian', suite: 'bookworm', components: ['main', 'contrib'] },
      {
        uri: 'https://repo.test/apt',
        suite: 'stable',
        components: ['main'],
        signedBy: '/usr/share/keyrings/x.gpg',
      },
      { uri: 'http://flat.test/repo', suite: './', components: [] },
    ]);
  });
});

describe('parseDeb822Sources', () => {
  it('multiplies URIs by suites, skips disabled and source-only stanzas, keeps comments out', () => {
    const text = `Types: deb deb-src
# a comment inside
URIs: http://a.test/debian http://b.test/debian
Suites: bookworm
 bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
Enabled: no
URIs: http://off.test
Suites: bookworm
Components: main

types: deb-src
URIs: http://src.test
Suites: bookworm
Components: main
`;
    expect(parseDeb822Sources(text).map(({ uri, suite }) => `${uri} ${suite}`)).toEqual([
      'http://a.test/debian bookworm',
      'http://a.test/debian bookworm-updates',
      'http://b.test/debian bookworm',
      'http://b.test/debian bookworm-updates',
    ]);
  });

  it('keeps an embedded key whole', () => {
    const source = parseDeb822Sources(
      'Types: deb\nURIs: http://a.test\nSuites: x\nComponents: main\nSigned-By:\n -----BEGIN\n .\n abc\n -----END\n',
    );
    expect(source[0]?.signedBy).toBe('-----BEGIN\n.\nabc\n-----END');
    expect(renderOneLineSources(source)).toEqual(['deb http://a.test x main']);
  });
});

describe('readDebianSources', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'halligan-apt-'));
    await mkdir(join(dir, 'sources.list.d'));
    await mkdir(join(dir, 'lists'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const read = (suite: string) => readDebianSources(suite, { aptDir: dir, listsDir: join(dir, 'lists') });

  it('leaves third parties out, by their key, their suite, their components and their Release file', async () => {
    await writeFile(
      join(dir, 'sources.list'),
      `deb http://mirror.test/debian bookworm main
deb http://mirror.test/security/ bookworm-security main
deb [signed-by=/usr/share/keyrings/corp.gpg] https://corp.test bookworm main
deb https://node.test nodistro main
deb https://docker.test bookworm stable
deb http://sneaky.test/debian bookworm main
`,
    );
    await writeFile(join(dir, 'lists', 'sneaky.test_debian_dists_bookworm_InRelease'), 'Origin: Sneaky\n');
    await writeFile(
      join(dir, 'lists', 'mirror.test_security_dists_bookworm-security_InRelease'),
      'Origin: Debian\n',
    );
    await writeFile(
      join(dir, 'sources.list.d', 'old.list.disabled'),
      'deb http://off.test/debian bookworm main\n',
    );
    expect((await read('bookworm')).map(({ uri }) => uri)).toEqual([
      'http://mirror.test/debian',
      'http://mirror.test/security/',
    ]);
    expect(await readAptSources({ aptDir: dir })).toHaveLength(6);
  });

  it('offers the same mirrors for another release', async () => {
    const text =
      'Types: deb\nURIs: http://mirror.test/debian\nSuites: bookworm bookworm-updates\nComponents: main\n';
    await writeFile(join(dir, 'sources.list.d', 'debian.sources'), text);
    expect(renderDeb822Sources(await read('trixie'))).toBe(
      'Types: deb\nURIs: http://mirror.test/debian\nSuites: trixie\nComponents: main\n\nTypes: deb\nURIs: http://mirror.test/debian\nSuites: trixie-updates\nComponents: main\n',
    );
  });

  it('says what to do when there is no Debian source', async () => {
    await expect(read('bookworm')).rejects.toMatchObject({
      code: 'image.no_debian_source',
      message: expect.stringContaining('add one for bookworm and run apt-get update'),
    });
  });
});
