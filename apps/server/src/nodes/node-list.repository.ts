import type { Db, Prisma, StateChange } from '@halligan/db';
import type { NodeState } from './node-state.ts';
import { type NodeRow, nodeParts } from './nodes.repository.ts';

export interface NodeFilter {
  state?: NodeState | undefined;
  /** Part of a name, address, MAC or serial number. */
  q?: string | undefined;
}

/** Nodes by name, those after `after` first. */
export function nodePage(
  db: Db,
  filter: NodeFilter & { after: string | null; limit: number },
): Promise<NodeRow[]> {
  return db.node.findMany({
    where: { ...matching(filter), ...(filter.after === null ? {} : { name: { gt: filter.after } }) },
    include: nodeParts,
    orderBy: { name: 'asc' },
    take: filter.limit,
  });
}

/** Nodes per state over the whole fleet. */
export async function countByState(db: Db): Promise<Record<string, number>> {
  const groups = await db.node.groupBy({ by: ['state'], _count: { _all: true } });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count._all]));
}

/** Newest first. */
export function stateChanges(db: Db, nodeId: string, limit: number): Promise<StateChange[]> {
  return db.stateChange.findMany({ where: { nodeId }, orderBy: { id: 'desc' }, take: limit });
}

/** Names and MAC addresses are in lower case; serial numbers as the vendor wrote them, mostly in upper case. */
function matching({ state, q }: NodeFilter): Prisma.NodeWhereInput {
  const byState = state === undefined ? {} : { state };
  if (q === undefined || q === '') return byState;
  const lower = q.toLowerCase();
  return {
    ...byState,
    OR: [
      { name: { contains: lower } },
      { address: { contains: q } },
      { nics: { some: { mac: { contains: lower } } } },
      { serial: { contains: q } },
      { serial: { contains: q.toUpperCase() } },
      { description: { contains: q } },
    ],
  };
}
