import { setTimeout as delay } from 'node:timers/promises';
import { isWriteConflict } from './errors.ts';
import type { Db, Provider, Tx } from './open.ts';

/** How long a transaction is tried again for, and how long it pauses in between at most. */
const RETRY_LIMIT_MS = 20_000;
const LONGEST_PAUSE_MS = 150;

/**
 * Runs `work` as if it were alone in the database, on both databases. SQLite's writers take turns; PostgreSQL may
 * find out at the end that two transactions cannot both stand, and `work` is then run again: it must have no effect
 * outside of `tx`.
 */
export async function inTransaction<T>(db: Db, provider: Provider, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (provider === 'sqlite') return db.$transaction(work);
  const deadline = Date.now() + RETRY_LIMIT_MS;
  for (let pause = 5; ; pause = Math.min(pause * 1.6, LONGEST_PAUSE_MS)) {
    try {
      return await db.$transaction(work, { isolationLevel: 'Serializable' });
    } catch (error) {
      if (!isWriteConflict(error) || Date.now() > deadline) throw error;
      await delay(Math.random() * pause);
    }
  }
}
