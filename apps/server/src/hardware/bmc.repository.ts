import type { Bmc, Db, Tx } from '@halligan/db';

export type BmcRow = Bmc;

export function findBmc(db: Db | Tx, nodeId: string): Promise<BmcRow | null> {
  return db.bmc.findUnique({ where: { nodeId } });
}

export async function saveBmc(tx: Tx, bmc: Omit<BmcRow, 'updatedAt'>): Promise<void> {
  const { nodeId, ...columns } = bmc;
  await tx.bmc.upsert({ where: { nodeId }, create: bmc, update: columns });
}

/** True when there was one. */
export async function deleteBmc(tx: Tx, nodeId: string): Promise<boolean> {
  const { count } = await tx.bmc.deleteMany({ where: { nodeId } });
  return count > 0;
}
