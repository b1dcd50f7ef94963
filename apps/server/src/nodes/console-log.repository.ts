import type { Db, Tx } from '@halligan/db';

export async function createChunk(tx: Tx, nodeId: string, text: string): Promise<number> {
  const { id } = await tx.consoleChunk.create({ data: { nodeId, text }, select: { id: true } });
  return id;
}

/** Deletes the oldest chunks of a node until no more than `limit` characters are left. */
export async function trimConsole(tx: Tx, nodeId: string, limit: number): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "ConsoleChunk" WHERE "nodeId" = ${nodeId} AND "id" <= (
      SELECT MAX("id") FROM (
        SELECT "id", SUM(LENGTH("text")) OVER (ORDER BY "id" DESC) AS "total"
        FROM "ConsoleChunk" WHERE "nodeId" = ${nodeId}
      ) AS "sums" WHERE "total" > ${limit}
    )`;
}

export function chunksAfter(
  db: Db,
  nodeId: string,
  after: number,
  limit: number,
): Promise<{ id: number; at: Date; text: string }[]> {
  return db.consoleChunk.findMany({
    where: { nodeId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, at: true, text: true },
  });
}

export async function moveConsole(tx: Tx, fromNode: string, toNode: string): Promise<void> {
  await tx.consoleChunk.updateMany({ where: { nodeId: fromNode }, data: { nodeId: toNode } });
}
