import type { Db, Prisma, Tx } from '@halligan/db';
import type { PlanView } from '../proposals/proposal.dto.ts';

export interface PlanFacts {
  readonly id: string;
  readonly proposalId: string;
  readonly createdAt: Date;
  readonly view: PlanView | null;
}

const KEPT_PLANS = 20;

export async function createPlan(tx: Tx, proposalId: string, createdBy: string): Promise<string> {
  const kept = await tx.plan.findMany({
    where: { proposalId },
    orderBy: { id: 'desc' },
    take: KEPT_PLANS - 1,
    select: { id: true },
  });
  await tx.plan.deleteMany({ where: { proposalId, id: { notIn: kept.map(({ id }) => id) } } });
  const { id } = await tx.plan.create({ data: { proposalId, createdBy, hash: '' } });
  return id;
}

export async function findPlan(db: Db | Tx, id: string): Promise<PlanFacts | null> {
  const row = await db.plan.findUnique({ where: { id } });
  return row && { ...row, view: row.view as PlanView | null };
}

export async function finishPlan(tx: Tx, id: string, view: PlanView): Promise<void> {
  await tx.plan.update({
    where: { id },
    data: { state: 'done', hash: view.hash, view: view as Prisma.InputJsonObject, finishedAt: new Date() },
  });
}
