import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { TftpFile } from './tftp-content.ts';

/** Serves the files below one folder and nothing else, whatever names and symbolic links say. */
export function confinedFiles(root: string): (name: string) => Promise<TftpFile | null> {
  return async (name) => {
    if (name.includes('\0') || name.split('/').includes('..')) return null;
    const realRoot = await realpath(root);
    const path = await realPathIfPresent(join(realRoot, name));
    return path?.startsWith(realRoot + sep) ? { path } : null;
  };
}

async function realPathIfPresent(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP')
      return undefined;
    throw error;
  }
}

/** A name as clients send it: `\boot\x`, `/boot/x` and `boot//x` all mean `boot/x`. */
export function normalizeName(name: string): string {
  return name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
