import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileLock, takeFileLock } from '@halligan/db';
import type { ServerConfig } from '../config.ts';

/** Another server works in this data folder. */
export class DataFolderInUse extends Error {
  readonly code = 'server.data_in_use';
}

/** The data folder in the hands of this process, until it ends or lets go. */
export interface DataFolder {
  release(): void;
}

/** Makes the data folder when it is not there and takes it for this process alone. */
export function takeDataFolder(config: ServerConfig): DataFolder {
  process.umask(0o077);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o750 });
  for (const name of ['secrets', 'redis']) {
    mkdirSync(join(config.dataDir, name), { recursive: true, mode: 0o700 });
    chmodSync(join(config.dataDir, name), 0o700);
  }
  const lock: FileLock | null = takeFileLock(join(config.dataDir, 'server.lock'));
  const owner = join(config.dataDir, 'server.pid');
  if (lock === null) {
    const pid = existsSync(owner) ? readFileSync(owner, 'utf8').trim() : 'unknown';
    throw new DataFolderInUse(
      `Another Halligan server (process ${pid}) works in ${config.dataDir}. Stop it, or give this one another folder with --data.`,
    );
  }
  writeFileSync(owner, `${process.pid}\n`);
  return {
    release: () => {
      rmSync(owner, { force: true });
      lock.release();
    },
  };
}

/** Writes a file that only we may read, so that a crash leaves the whole of it or nothing. */
export function writePrivateFile(path: string, content: string): void {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, path);
}
