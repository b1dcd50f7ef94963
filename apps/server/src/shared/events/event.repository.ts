import type { Db, Event, Prisma, Provider, Tx } from '@halligan/db';

/** News of a change, written in the transaction of that change. */
export interface NewEvent {
  type: string;
  subjectKind: string;
  subjectId: string;
  data: Record<string, unknown>;
}

/** Serialises the last moment of PostgreSQL transactions, so that a reader who saw event n has seen all before it. */
const EVENT_LOCK = 727_073_70;

export async function writeEvents(tx: Tx, provider: Provider, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  if (provider === 'postgresql') await tx.$executeRaw`SELECT pg_advisory_xact_lock(${EVENT_LOCK})`;
  await tx.event.createMany({
    data: events.map((event) => ({ ...event, data: event.data as Prisma.InputJsonObject })),
  });
}

/** The events after an id, oldest first. */
export function eventsAfter(db: Db, id: number, limit: number): Promise<Event[]> {
  return db.event.findMany({ where: { id: { gt: id } }, orderBy: { id: 'asc' }, take: limit });
}

/** The id of the newest event; 0 when there is none. */
export async function newestEventId(db: Db): Promise<number> {
  const newest = await db.event.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
  return newest?.id ?? 0;
}

export async function deleteEventsBefore(db: Db, moment: Date): Promise<number> {
  const { count } = await db.event.deleteMany({ where: { at: { lt: moment } } });
  return count;
}
