import { readFile } from 'node:fs/promises';
import { ImageError } from './image-error.ts';
import { runCommand } from './run-command.ts';

/** The codename of the admin machine's own Debian release, from os-release. */
export async function hostSuite(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8');
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1];
  if (codename && /^ID=debian$/m.test(release)) return codename;
  throw new ImageError('image.unsupported_suite', 'this is not a Debian release: name one with --suite');
}

const RELEASES: Record<string, string> = { bookworm: 'debian-12', trixie: 'debian-13' };

/** `debian-12` for bookworm; throws `image.unsupported_suite` for a suite this builder does not know. */
export function releaseName(suite: string): string {
  const name = RELEASES[suite];
  if (name) return name;
  throw new ImageError(
    'image.unsupported_suite',
    `suite ${suite} is not known: choose one of ${Object.keys(RELEASES).join(', ')}`,
  );
}

/**
 * The candidate versions of packages as apt sees them (a kernel's meta package has its kernel's version).
 * Packages apt does not know are absent from the map.
 */
export async function candidateVersions(names: readonly string[]): Promise<Map<string, string>> {
  const text = await runCommand('apt-cache', ['policy', ...names]);
  const versions = new Map<string, string>();
  let current = '';
  for (const line of text.split('\n')) {
    if (/^\S+:$/.test(line)) current = line.slice(0, -1);
    const candidate = /^ {2}Candidate: (\S+)$/.exec(line)?.[1];
    if (candidate && candidate !== '(none)') versions.set(current, candidate);
  }
  return versions;
}

/** `name=version` for each package; throws `image.unknown_package` when apt knows no version of one. */
export async function pinnedVersions(names: readonly string[]): Promise<string[]> {
  const versions = await candidateVersions(names);
  return names.map((name) => {
    const version = versions.get(name);
    if (version) return `${name}=${version}`;
    throw new ImageError(
      'image.unknown_package',
      `apt knows no package ${name}: run apt-get update on this machine`,
    );
  });
}
