import type { Boot, BootMark, Db, Tx } from '@halligan/db';

export type BootRow = Boot & { marks: { name: string }[] };

/** The newest boot of a node with the names of its marks. */
export function newestBoot(db: Db | Tx, nodeId: string): Promise<BootRow | null> {
  return db.boot.findFirst({
    where: { nodeId },
    orderBy: { startedAt: 'desc' },
    include: { marks: { select: { name: true } } },
  });
}

export function createBoot(
  tx: Tx,
  boot: { nodeId: string; bootEnv: string; startedAt: Date },
): Promise<Boot> {
  return tx.boot.create({ data: boot });
}

export async function updateBoot(
  tx: Tx,
  id: string,
  changes: { bootEnv?: string; startedAt?: Date; finishedAt?: Date },
): Promise<void> {
  await tx.boot.update({ where: { id }, data: changes });
}

export async function createMark(
  tx: Tx,
  mark: { bootId: string; name: string; at: Date; detail: string | null },
): Promise<void> {
  await tx.bootMark.create({ data: mark });
}

/** Keeps the newest `keep` boots of a node; a boot is made at a time, so a few at once suffice. */
export async function forgetOldBoots(tx: Tx, nodeId: string, keep: number): Promise<void> {
  const old = await tx.boot.findMany({
    where: { nodeId },
    orderBy: { startedAt: 'desc' },
    skip: keep,
    take: 10,
    select: { id: true },
  });
  if (old.length > 0) await tx.boot.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
}

/** The newest boots first, each with its marks in the order of time. */
export function bootsOf(db: Db, nodeId: string, limit: number): Promise<(Boot & { marks: BootMark[] })[]> {
  return db.boot.findMany({
    where: { nodeId },
    orderBy: { startedAt: 'desc' },
    take: limit,
    include: { marks: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } },
  });
}

export async function moveBoots(tx: Tx, fromNode: string, toNode: string): Promise<void> {
  await tx.boot.updateMany({ where: { nodeId: fromNode }, data: { nodeId: toNode } });
}
