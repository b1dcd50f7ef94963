import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PrismaClient } from './generated/sqlite/client.ts';
import { type Db, openDatabase } from './open.ts';
import { newTestDatabase, type TestDatabase } from './testing/databases.ts';

/** A write that has nothing to do with a transaction is acknowledged while one is open that then rolls back. */
async function writeBesideRollback(
  db: Db,
): Promise<{ acknowledged: boolean; kept: boolean; seenInside: boolean }> {
  let acknowledged = false;
  let seenInside = false;
  let outside: Promise<unknown> = Promise.resolve();
  const transaction = db.$transaction(async (tx) => {
    await tx.setting.create({ data: { key: 'inside', value: 1 } });
    seenInside = (await db.setting.findUnique({ where: { key: 'inside' } })) !== null;
    outside = db.setting.create({ data: { key: 'outside', value: 1 } }).then(() => {
      acknowledged = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    throw new Error('roll back');
  });
  await expect(transaction).rejects.toThrow('roll back');
  await outside;
  return {
    acknowledged,
    kept: (await db.setting.findUnique({ where: { key: 'outside' } })) !== null,
    seenInside,
  };
}

describe('a write beside a transaction that rolls back', () => {
  let store: TestDatabase;
  beforeEach(async () => {
    store = await newTestDatabase('sqlite');
  });
  afterEach(() => store.drop());

  it('is acknowledged and then lost by the stock adapter (the fault ours is there for)', async () => {
    const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: store.url }) });

    expect(await writeBesideRollback(db)).toEqual({ acknowledged: true, kept: false, seenInside: true });

    await db.$disconnect();
  });

  it('stays, and nothing of the transaction is seen from outside', async () => {
    const db = await openDatabase({ url: store.url });

    expect(await writeBesideRollback(db)).toEqual({ acknowledged: true, kept: true, seenInside: false });

    await db.$disconnect();
  });

  it('waits in vain inside the callback itself, and the database is well afterwards', async () => {
    const db = await openDatabase({ url: store.url });
    const deadlock = db.$transaction(() => db.setting.create({ data: { key: 'never', value: 1 } }), {
      timeout: 300,
    });
    await expect(deadlock).rejects.toMatchObject({ code: 'P2028' });

    await db.setting.create({ data: { key: 'after', value: 1 } });

    expect(await db.setting.count({ where: { key: 'after' } })).toBe(1);
    await db.$disconnect();
  });
});
