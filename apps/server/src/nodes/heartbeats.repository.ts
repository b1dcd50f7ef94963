import type { Db, Tx } from '@halligan/db';
import { statesWithHeartbeat } from './node-state.ts';

/** Those of the nodes that were silent until now: never heard of, or not since `limit`. */
export async function silentOf(tx: Tx, ids: string[], limit: Date): Promise<string[]> {
  const rows = await tx.node.findMany({
    where: { id: { in: ids }, OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: limit } }] },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Notes a sign of life, in one statement and without touching the version. */
export async function touchNodes(tx: Tx, ids: string[], at: Date): Promise<void> {
  await tx.node.updateMany({ where: { id: { in: ids } }, data: { lastSeenAt: at } });
}

/** Nodes whose last sign of life lies in the span: since `from`, before `to`. */
export async function lastSeenBetween(tx: Tx, from: Date, to: Date): Promise<string[]> {
  const where = { lastSeenAt: { gte: from, lt: to }, state: { in: [...statesWithHeartbeat] } };
  const rows = await tx.node.findMany({ where, select: { id: true } });
  return rows.map(({ id }) => id);
}

const LIMIT_KEY = 'nodes.liveness-limit';

/** Up to which moment silent nodes have been told of; null before the first time. */
export async function livenessLimit(tx: Tx): Promise<Date | null> {
  const row = await tx.setting.findUnique({ where: { key: LIMIT_KEY } });
  return row === null ? null : new Date(row.value as string);
}

export async function saveLivenessLimit(tx: Tx, limit: Date): Promise<void> {
  const value = limit.toISOString();
  await tx.setting.upsert({
    where: { key: LIMIT_KEY },
    create: { key: LIMIT_KEY, value },
    update: { value },
  });
}

/** Nodes in these states that have an address. */
export async function addressedNodes(
  db: Db,
  states: readonly string[],
): Promise<{ id: string; address: string }[]> {
  const where = { state: { in: [...states] }, address: { not: null } };
  const rows = await db.node.findMany({ where, select: { id: true, address: true } });
  return rows.flatMap(({ id, address }) => (address === null ? [] : [{ id, address }]));
}
