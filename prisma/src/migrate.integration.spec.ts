import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, migrationsDirectory } from './migrate.ts';
import { MigrationError } from './migration-history.ts';
import { type Db, openDatabase } from './open.ts';
import { DATABASES, newTestDatabase, type TestDatabase } from './testing/databases.ts';
import { schemaOfDatabase } from './testing/schema-of-database.ts';
import { schemaOfModels } from './testing/schema-of-models.ts';

describe.each(DATABASES)('migrations on %s', (provider) => {
  let store: TestDatabase;
  let directory: string;
  let db: Db | null = null;

  beforeEach(async () => {
    store = await newTestDatabase(provider, { empty: true });
    directory = mkdtempSync(join(tmpdir(), 'halligan-migrations-'));
    cpSync(migrationsDirectory(provider), directory, { recursive: true });
  });
  afterEach(async () => {
    await db?.$disconnect();
    db = null;
    store.drop();
    rmSync(directory, { recursive: true });
  });

  function addMigration(name: string, sql: string): void {
    mkdirSync(join(directory, name), { recursive: true });
    writeFileSync(join(directory, name, 'migration.sql'), sql);
  }

  it('agree with the models: same tables, columns, types, defaults and indexes', async () => {
    await migrate(store.url);
    db = await openDatabase({ url: store.url });

    const expected = schemaOfModels();
    expect(expected.length).toBeGreaterThan(100);
    expect(await schemaOfDatabase(db, provider)).toEqual(expected);
  });

  it('are applied once, whoever starts at the same time', async () => {
    const applied = await Promise.all([migrate(store.url), migrate(store.url)]);

    expect(applied.flat()).toEqual(['20261120000000_init']);
    expect(await migrate(store.url)).toEqual([]);
  });

  it('are refused when one was edited after it had been applied', async () => {
    await migrate(store.url, directory);
    addMigration('20261120000000_init', '-- something else');

    await expect(migrate(store.url, directory)).rejects.toMatchObject({ code: 'database.migration_edited' });
  });

  it('are refused when the database is newer than the program', async () => {
    addMigration('29990101000000_future', 'CREATE TABLE "Future" ("id" INTEGER PRIMARY KEY);');
    await migrate(store.url, directory);

    await expect(migrate(store.url)).rejects.toThrow(MigrationError);
  });

  it('leave nothing of one that fails', async () => {
    await migrate(store.url, directory);
    addMigration('20270101000000_bad', 'CREATE TABLE "Half" ("id" INTEGER PRIMARY KEY); SELECT nonsense;');
    await expect(migrate(store.url, directory)).rejects.toThrow(/nonsense/);
    addMigration('20270101000000_bad', 'CREATE TABLE "Half" ("id" INTEGER PRIMARY KEY);');

    expect(await migrate(store.url, directory)).toEqual(['20270101000000_bad']);
  });
});

it('puts a copy of the SQLite file aside before it migrates it', async () => {
  const store = await newTestDatabase('sqlite');
  const directory = mkdtempSync(join(tmpdir(), 'halligan-migrations-'));
  cpSync(migrationsDirectory('sqlite'), directory, { recursive: true });
  mkdirSync(join(directory, '20270101000000_more'));
  writeFileSync(
    join(directory, '20270101000000_more/migration.sql'),
    'CREATE TABLE "More" ("id" INTEGER PRIMARY KEY);',
  );

  await migrate(store.url, directory);

  expect(existsSync(`${store.url.replace('file:', '')}.before-20270101000000_more`)).toBe(true);
  store.drop();
  rmSync(directory, { recursive: true });
});
