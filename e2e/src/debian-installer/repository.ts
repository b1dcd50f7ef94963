import { createHash } from 'node:crypto';
import { link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { execa } from 'execa';
import type { SigningKey } from './signing-key.ts';
import { parseStanzas, renderStanza, type Stanza } from './stanza.ts';

const compress = promisify(gzip);

/** The files of one list of a repository. */
export interface Section {
  /** Below `dists/<codename>`: `main/binary-amd64`. */
  readonly path: string;
  readonly files: readonly string[];
}

/** Writes a signed package repository of one release below `folder`; the packages are linked into its pool. */
export async function writeRepository(
  folder: string,
  codename: string,
  sections: readonly Section[],
  key: SigningKey,
): Promise<void> {
  const dist = join(folder, 'dists', codename);
  await mkdir(join(folder, 'pool'), { recursive: true });
  const indexes: string[] = [];
  for (const { path, files } of sections) {
    await mkdir(join(dist, path), { recursive: true });
    const entries: string[] = [];
    for (const file of files) entries.push(renderStanza(await addToPool(file, folder)));
    const packages = Buffer.from(entries.join('\n'));
    await writeFile(join(dist, path, 'Packages'), packages);
    await writeFile(join(dist, path, 'Packages.gz'), await compress(packages));
    await execa('xz', ['--keep', '--force', join(dist, path, 'Packages')]);
    // The installer asks for this file to learn whether the archive has its architecture.
    await writeFile(
      join(dist, path, 'Release'),
      `Archive: ${codename}\nComponent: main\nArchitecture: amd64\n`,
    );
    const names = ['Packages', 'Packages.gz', 'Packages.xz', 'Release'];
    indexes.push(...names.map((name) => `${path}/${name}`));
  }
  await writeFile(join(dist, 'Release'), await releaseText(dist, codename, indexes));
  await key.signDetached(join(dist, 'Release'));
  await key.signInline(join(dist, 'Release'), join(dist, 'InRelease'));
}

/** Links a package into the pool and returns what the list says about it. */
async function addToPool(file: string, folder: string): Promise<Stanza> {
  // An epoch's colon, which apt writes as %3a, would have to be escaped again in a URL.
  const path = `pool/${basename(file).replaceAll('%3a', '.')}`;
  await link(file, join(folder, path));
  const { stdout } = await execa('dpkg-deb', ['--field', file]);
  const [control] = parseStanzas(stdout);
  if (control === undefined) throw new Error(`${file} is no package`);
  const content = await readFile(file);
  return new Map([
    ...control,
    ['Filename', path],
    ['Size', String(content.length)],
    ['MD5sum', digest('md5', content)],
    ['SHA256', digest('sha256', content)],
  ]);
}

async function releaseText(dist: string, codename: string, indexes: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    indexes.map(async (path) => {
      const content = await readFile(join(dist, path));
      return [digest('md5', content), digest('sha256', content), `${content.length} ${path}`] as const;
    }),
  );
  return [
    'Origin: Halligan',
    'Label: Halligan',
    `Suite: ${codename}`,
    `Codename: ${codename}`,
    `Date: ${new Date().toUTCString()}`,
    'Architectures: amd64',
    'Components: main',
    'MD5Sum:',
    ...lines.map(([md5, , rest]) => ` ${md5} ${rest}`),
    'SHA256:',
    ...lines.map(([, sha256, rest]) => ` ${sha256} ${rest}`),
    '',
  ].join('\n');
}

function digest(algorithm: 'md5' | 'sha256', content: Uint8Array): string {
  return createHash(algorithm).update(content).digest('hex');
}
