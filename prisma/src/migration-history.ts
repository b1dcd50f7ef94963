import { randomUUID } from 'node:crypto';

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** A row of `_prisma_migrations`, the table Prisma's own command line keeps. */
export interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
  rolled_back_at: unknown;
}

/** The database and the checked-in migrations do not go together; nothing has been changed. */
export class MigrationError extends Error {
  readonly code: 'database.migration_edited' | 'database.migration_failed' | 'database.newer';

  constructor(code: MigrationError['code'], message: string) {
    super(message);
    this.name = 'MigrationError';
    this.code = code;
  }
}

/** What is still to apply; refuses a history that was edited, that failed half-way or that is newer than this program. */
export function pending(migrations: Migration[], applied: AppliedMigration[]): Migration[] {
  const standing = applied.filter((row) => row.rolled_back_at === null);
  for (const row of standing) {
    const migration = migrations.find((candidate) => candidate.name === row.migration_name);
    if (row.finished_at === null)
      throw new MigrationError(
        'database.migration_failed',
        `Migration ${row.migration_name} began earlier and never ended. Restore the database from its copy, or repair it and delete the row from _prisma_migrations.`,
      );
    if (migration === undefined)
      throw new MigrationError(
        'database.newer',
        `The database holds migration ${row.migration_name}, which this version does not know. Start the newer version that wrote it.`,
      );
    if (migration.checksum !== row.checksum)
      throw new MigrationError(
        'database.migration_edited',
        `Migration ${row.migration_name} was edited after it had been applied. Restore its file; write a new migration for the change.`,
      );
  }
  const done = new Set(standing.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

/** The table's columns are Prisma's, so that its command line can read on from here. */
export function historyTable(moment: 'DATETIME' | 'TIMESTAMPTZ'): string {
  return `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" ${moment},
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" ${moment},
    "started_at" ${moment} NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;
}

export function historyRow(migration: Migration): [string, string, string] {
  return [randomUUID(), migration.checksum, migration.name];
}
