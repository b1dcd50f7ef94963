import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A complete artifact in the cache: its folder and what its manifest says. */
export interface CachedArtifact<Manifest> {
  dir: string;
  manifest: Manifest;
}

/** The artifact of this flavour with this file that was built last, or null. Drafts begin with a dot. */
export async function newestArtifact<Manifest extends { flavour: string }>(
  parent: string,
  { flavour, file }: { flavour: string; file: string },
): Promise<CachedArtifact<Manifest> | null> {
  const names = ((await readdir(parent).catch(absentIsNull)) ?? []).filter((name) => !name.startsWith('.'));
  const found: (CachedArtifact<Manifest> & { builtAt: number })[] = [];
  for (const name of names) {
    const dir = join(parent, name);
    const text = await readFile(join(dir, 'manifest.json'), 'utf8').catch(absentIsNull);
    if (text === null || !existsSync(join(dir, file))) continue;
    const manifest = JSON.parse(text) as Manifest;
    const { mtimeMs: builtAt } = await stat(join(dir, 'manifest.json'));
    if (manifest.flavour === flavour) found.push({ dir, manifest, builtAt });
  }
  return found.sort((a, b) => b.builtAt - a.builtAt)[0] ?? null;
}

function absentIsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
