import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findLeftovers, removeLeftover } from '../rack/leftovers.ts';
import { readRecords } from '../rack/record.ts';
import { RACK_FOLDERS } from '../rack/set-up.ts';

/** Removes what dead labs left: processes, namespaces, files. Returns what was removed, in words. */
export async function removeLeftovers(): Promise<string[]> {
  const removed: string[] = [];
  for (const record of await findLeftovers()) {
    await removeLeftover(record);
    removed.push(`${record.namespace}, begun ${record.startedAt} by process ${record.pid}, which is gone`);
  }
  return removed;
}

/** Removes the folders that `--keep` left in place; those of running labs stay. */
export async function removeKeptFolders(): Promise<string[]> {
  const running = new Set((await readRecords()).map((record) => record.folder));
  const names = await readdir(RACK_FOLDERS).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const kept = names.map((name) => join(RACK_FOLDERS, name)).filter((folder) => !running.has(folder));
  for (const folder of kept) await rm(folder, { recursive: true, force: true });
  return kept;
}
