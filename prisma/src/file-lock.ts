import BetterSqlite3 from 'better-sqlite3';

export interface FileLock {
  release(): void;
}

/**
 * Takes a lock on a file for as long as this process lives, or answers null when another process has it. It is the
 * operating system's lock (SQLite's way of using it), so a process that was killed leaves nothing stale behind.
 */
export function takeFileLock(path: string): FileLock | null {
  const db = new BetterSqlite3(path, { timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => db.close() };
}
