import pg from 'pg';
import {
  type AppliedMigration,
  historyRow,
  historyTable,
  type Migration,
  pending,
} from './migration-history.ts';

/** The key Prisma's own command line locks, so that the two never migrate at once. */
const LOCK = 72707369;

/** Each pending migration in a transaction of its own; other processes wait for the lock meanwhile. */
export async function migratePostgresql(url: string, migrations: Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(historyTable('TIMESTAMPTZ'));
    const history = await client.query<AppliedMigration>('SELECT * FROM "_prisma_migrations"');
    const todo = pending(migrations, history.rows);
    for (const migration of todo) await apply(client, migration);
    return todo.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      historyRow(migration),
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
