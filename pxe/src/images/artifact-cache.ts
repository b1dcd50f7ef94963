import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A short name for exactly these inputs: the order of keys does not matter, every byte of the values does. */
export function contentHash(inputs: Readonly<Record<string, string | readonly string[]>>): string {
  const hash = createHash('sha256');
  for (const key of Object.keys(inputs).sort()) {
    const value = inputs[key] ?? '';
    hash.update(JSON.stringify([key, typeof value === 'string' ? value : [...value]]));
  }
  return hash.digest('hex').slice(0, 16);
}

const building = new Map<string, Promise<string>>();

/**
 * The directory `<parent>/<hash>`, filled by `build` when it is not there yet. It appears by one rename, so it is
 * whole or absent, also when two processes build it at once; within a process it is built once.
 */
export function ensureArtifact(
  parent: string,
  hash: string,
  build: (dir: string) => Promise<void>,
): Promise<string> {
  const target = join(parent, hash);
  const running =
    building.get(target) ?? buildOnce(parent, target, build).finally(() => building.delete(target));
  building.set(target, running);
  return running;
}

async function buildOnce(
  parent: string,
  target: string,
  build: (dir: string) => Promise<void>,
): Promise<string> {
  if (await exists(join(target, 'manifest.json'))) return target;
  await mkdir(parent, { recursive: true });
  const draft = await mkdtemp(join(parent, '.building-'));
  try {
    await chmod(draft, 0o755);
    await build(draft);
    await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return target;
}

/** Whether something is at this path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export async function writeManifest(dir: string, manifest: object): Promise<void> {
  await writeFile(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

export async function readManifest<T>(dir: string): Promise<T> {
  return JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as T;
}
