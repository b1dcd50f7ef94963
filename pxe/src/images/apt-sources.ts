import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDeb822Sources, parseOneLineSources } from './apt-sources-parser.ts';
import { ImageError } from './image-error.ts';

/** One enabled binary package source of the admin machine, one entry per URI and suite. */
export interface AptSource {
  uri: string;
  suite: string;
  components: string[];
  /** Path of the keyring, fingerprint, or an embedded key block, as apt has it. */
  signedBy?: string;
}

export interface ReadAptSourcesOptions {
  /** Defaults to /etc/apt. */
  aptDir?: string;
  /** Defaults to /var/lib/apt/lists; used to learn each source's Origin. */
  listsDir?: string;
}

/** Every enabled `deb` source in sources.list and sources.list.d, third-party ones included, in apt's reading order. */
export async function readAptSources({
  aptDir = '/etc/apt',
}: ReadAptSourcesOptions = {}): Promise<AptSource[]> {
  const sources = parseOneLineSources(await readIfThere(join(aptDir, 'sources.list')));
  const partsDir = join(aptDir, 'sources.list.d');
  for (const name of (await listIfThere(partsDir)).sort()) {
    const text =
      name.endsWith('.list') || name.endsWith('.sources') ? await readIfThere(join(partsDir, name)) : '';
    sources.push(...(name.endsWith('.sources') ? parseDeb822Sources(text) : parseOneLineSources(text)));
  }
  return sources;
}

/** Only what Debian itself publishes for `codename`; throws `image.no_debian_source` when there is nothing. */
export async function readDebianSources(
  codename: string,
  options: ReadAptSourcesOptions = {},
): Promise<AptSource[]> {
  const { listsDir = '/var/lib/apt/lists' } = options;
  const debian: AptSource[] = [];
  for (const source of withoutRepeats(await readAptSources(options))) {
    if (!looksLikeDebian(source)) continue;
    const origin = await originOf(source, listsDir);
    if (origin === undefined || origin === 'Debian') debian.push(source);
  }
  const present = debian.find((source) => suiteFlavour(source.suite) === '');
  if (!present) {
    throw new ImageError(
      'image.no_debian_source',
      `no Debian package source found in ${options.aptDir ?? '/etc/apt'}: add one for ${codename} and run apt-get update`,
    );
  }
  return debian.map((source) => ({ ...source, suite: `${codename}${suiteFlavour(source.suite)}` }));
}

/** The sources in apt's deb822 format. */
export function renderDeb822Sources(sources: readonly AptSource[]): string {
  return sources
    .map((source) => {
      const lines = [
        'Types: deb',
        `URIs: ${source.uri}`,
        `Suites: ${source.suite}`,
        `Components: ${source.components.join(' ')}`,
      ];
      if (source.signedBy) lines.push(`Signed-By: ${source.signedBy.replaceAll('\n', '\n ')}`);
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** The sources one per line; those signed by an embedded key cannot be written so and lose it. */
export function renderOneLineSources(sources: readonly AptSource[]): string[] {
  return sources.map(({ uri, suite, components, signedBy }) => {
    const options = signedBy && !signedBy.includes('\n') ? `[signed-by=${signedBy}] ` : '';
    return `deb ${options}${uri} ${suite} ${components.join(' ')}`;
  });
}

/** A source that stands in two files of the admin machine is one source. */
function withoutRepeats(sources: readonly AptSource[]): AptSource[] {
  const key = ({ uri, suite, components }: AptSource) =>
    [uri.replace(/\/+$/, ''), suite, ...components].join(' ');
  return [...new Map(sources.map((source) => [key(source), source])).values()];
}

const DEBIAN_COMPONENTS = new Set(['main', 'contrib', 'non-free', 'non-free-firmware']);
const DEBIAN_SUITE =
  /^(?:stable|oldstable|testing|bookworm|trixie|forky|duke)(-updates|-security|\/updates|-backports|-proposed-updates)?$/;

function suiteFlavour(suite: string): string {
  return DEBIAN_SUITE.exec(suite)?.[1] ?? '';
}

function looksLikeDebian({ uri, suite, components, signedBy }: AptSource): boolean {
  if (!/^(https?|file):/.test(uri) || !DEBIAN_SUITE.test(suite)) return false;
  if (signedBy !== undefined && !signedBy.includes('debian-archive')) return false;
  return components.length > 0 && components.every((component) => DEBIAN_COMPONENTS.has(component));
}

/** The Origin field of the source's fetched Release file, or undefined when apt has not fetched it. */
async function originOf({ uri, suite }: AptSource, listsDir: string): Promise<string | undefined> {
  const name = `${uri
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/+$/, '')
    .replaceAll('/', '_')}_dists_${suite.replaceAll('/', '_')}_InRelease`;
  const release = await readIfThere(join(listsDir, name));
  return /^Origin: (.*)$/m.exec(release)?.[1];
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => absentAs('', error));
}

async function listIfThere(path: string): Promise<string[]> {
  return readdir(path).catch((error: NodeJS.ErrnoException) => absentAs([], error));
}

function absentAs<T>(value: T, error: NodeJS.ErrnoException): T {
  if (error.code === 'ENOENT') return value;
  throw error;
}
