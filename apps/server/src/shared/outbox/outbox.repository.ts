import type { Db, OutboxEntry, Prisma, Tx } from '@halligan/db';

export interface NewOutboxEntry {
  /** `nodes`, `runs`, … */
  queue: string;
  name: string;
  /** Ids only. */
  payload: Record<string, string | number>;
  /** While an entry with this key is pending, adding another one only makes that one run (again). */
  dedupeKey?: string;
  availableAt?: Date;
}

export async function addEntry(tx: Tx, entry: NewOutboxEntry): Promise<OutboxEntry> {
  const data = {
    queue: entry.queue,
    name: entry.name,
    payload: entry.payload as Prisma.InputJsonObject,
    availableAt: entry.availableAt ?? new Date(),
  };
  if (entry.dedupeKey === undefined) return tx.outboxEntry.create({ data });
  return tx.outboxEntry.upsert({
    where: { dedupeKey: entry.dedupeKey },
    create: { ...data, dedupeKey: entry.dedupeKey },
    update: { generation: { increment: 1 }, availableAt: data.availableAt, payload: data.payload },
  });
}

export function findEntry(db: Db, id: string): Promise<OutboxEntry | null> {
  return db.outboxEntry.findUnique({ where: { id } });
}

export function countAttempt(db: Db, id: string): Promise<OutboxEntry> {
  return db.outboxEntry.update({ where: { id }, data: { attempts: { increment: 1 } } });
}

/** False when the entry was asked for again meanwhile and has to run once more. */
export async function markDone(db: Db, entry: OutboxEntry): Promise<boolean> {
  const { count } = await db.outboxEntry.updateMany({
    where: { id: entry.id, generation: entry.generation },
    data: { state: 'done', dedupeKey: null, error: null },
  });
  return count === 1;
}

export async function markError(db: Db, id: string, error: string, final: boolean): Promise<void> {
  await db.outboxEntry.updateMany({
    where: { id, state: 'pending' },
    data: final ? { state: 'failed', dedupeKey: null, error } : { error },
  });
}

export function pendingEntries(db: Db, afterId: string, limit: number): Promise<OutboxEntry[]> {
  return db.outboxEntry.findMany({
    where: { state: 'pending', id: { gt: afterId } },
    orderBy: { id: 'asc' },
    take: limit,
  });
}

export async function deleteDoneBefore(db: Db, moment: Date): Promise<number> {
  const { count } = await db.outboxEntry.deleteMany({ where: { state: 'done', updatedAt: { lt: moment } } });
  return count;
}
