import { setTimeout as delay } from 'node:timers/promises';
import { isWriteConflict } from './errors.ts';
import type { Db, Provider, Tx } from './open.ts';

const ATTEMPTS = 12;

/**
 * Runs `work` as if it were alone in the database, on both databases. SQLite's writers take turns; PostgreSQL may
 * find out at the end that two transactions cannot both stand, and `work` is then run again: it must have no effect
 * outside of `tx`.
 */
export async function inTransaction<T>(db: Db, provider: Provider, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (provider === 'sqlite') return db.$transaction(work);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction(work, { isolationLevel: 'Serializable' });
    } catch (error) {
      if (attempt === ATTEMPTS || !isWriteConflict(error)) throw error;
      await delay(Math.random() * 5 * 1.6 ** attempt);
    }
  }
}
