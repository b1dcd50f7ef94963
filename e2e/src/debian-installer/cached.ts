import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A short name for exactly these inputs. */
export function contentName(inputs: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
}

/** The folder `<parent>/<name>`, filled by `build` when it is not there; it appears whole, by one rename. */
export async function cached(
  parent: string,
  name: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const target = join(parent, name);
  if (await exists(target)) return target;
  await mkdir(parent, { recursive: true });
  const draft = await mkdtemp(join(parent, '.building-'));
  try {
    await chmod(draft, 0o755);
    await build(draft);
    await rename(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return target;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
