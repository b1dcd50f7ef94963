import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../migrate.ts';
import type { Provider } from '../open.ts';
import { type PrivatePostgresql, startPostgresql } from './postgresql.ts';

/** Both databases, for `describe.each`. */
export const DATABASES: readonly Provider[] = ['sqlite', 'postgresql'];

export interface TestDatabase {
  url: string;
  drop(): void;
}

let cluster: Promise<PrivatePostgresql> | null = null;

/** A database with today's tables and nothing in them. One PostgreSQL serves the whole test process. */
export async function newTestDatabase(
  provider: Provider,
  options: { empty?: boolean } = {},
): Promise<TestDatabase> {
  const database = provider === 'sqlite' ? newSqlite() : await newPostgresql();
  if (options.empty !== true) await migrate(database.url);
  return database;
}

function newSqlite(): TestDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'halligan-db-'));
  return {
    url: `file:${join(directory, 'test.db')}`,
    drop: () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function newPostgresql(): Promise<TestDatabase> {
  cluster ??= startPostgresql();
  const url = await (await cluster).newDatabase();
  return { url, drop: () => undefined };
}
