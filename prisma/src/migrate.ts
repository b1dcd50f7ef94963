import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migratePostgresql } from './migrate-postgresql.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import type { Migration } from './migration-history.ts';
import { type Provider, providerOf } from './open.ts';

/** Brings the database up to the checked-in migrations; answers the names of those it applied. */
export function migrate(url: string, directory?: string): Promise<string[]> {
  const provider = providerOf(url);
  const migrations = readMigrations(directory ?? migrationsDirectory(provider));
  return provider === 'sqlite' ? migrateSqlite(url, migrations) : migratePostgresql(url, migrations);
}

/** Where the checked-in SQL of a database is. */
export function migrationsDirectory(provider: Provider): string {
  return fileURLToPath(new URL(`../${provider}/migrations`, import.meta.url));
}

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .filter(
      (name) =>
        statSync(`${directory}/${name}`).isDirectory() && existsSync(`${directory}/${name}/migration.sql`),
    )
    .sort()
    .map((name) => {
      const sql = readFileSync(`${directory}/${name}/migration.sql`, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
