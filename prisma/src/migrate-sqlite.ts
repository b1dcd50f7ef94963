import { rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import {
  type AppliedMigration,
  historyRow,
  historyTable,
  type Migration,
  pending,
} from './migration-history.ts';

/** All pending migrations in one transaction, after a copy of the file was put beside it. */
export async function migrateSqlite(url: string, migrations: Migration[]): Promise<string[]> {
  const file = url.replace(/^file:/, '');
  const db = new BetterSqlite3(file, { timeout: 60_000 });
  try {
    db.pragma('journal_mode = WAL');
    if (hasHistory(db)) copyBefore(db, file, pending(migrations, history(db))[0]);
    // Inside a transaction this pragma does nothing, and a table that is rebuilt would take its children along.
    db.pragma('foreign_keys = OFF');
    return db.transaction(() => applyAll(db, migrations)).exclusive();
  } finally {
    db.close();
  }
}

function applyAll(db: BetterSqlite3.Database, migrations: Migration[]): string[] {
  db.exec(historyTable('DATETIME'));
  const todo = pending(migrations, history(db));
  for (const migration of todo) {
    db.exec(migration.sql);
    db.prepare(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (?, ?, ?, ?, ?, 1)`,
    ).run(...historyRow(migration), Date.now(), Date.now());
  }
  const broken = db.pragma('foreign_key_check') as { table: string }[];
  if (broken[0] !== undefined)
    throw new Error(`The migration would leave orphans in table ${broken[0].table}.`);
  return todo.map((migration) => migration.name);
}

function hasHistory(db: BetterSqlite3.Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get() !== undefined;
}

function history(db: BetterSqlite3.Database): AppliedMigration[] {
  return db.prepare('SELECT * FROM "_prisma_migrations"').all() as AppliedMigration[];
}

function copyBefore(db: BetterSqlite3.Database, file: string, first: Migration | undefined): void {
  if (first === undefined) return;
  const copy = `${file}.before-${first.name}`;
  rmSync(copy, { force: true });
  db.prepare('VACUUM INTO ?').run(copy);
}
