import { type Db, isUniqueViolation, type Node, type NodeNic, Prisma, type Tx } from '@halligan/db';
import type { NodeState } from './node-state.ts';

/** A node with what every decision about it needs. */
export type NodeRow = Node & { nics: NodeNic[]; bmc: { nodeId: string } | null };

/** Columns a caller may set along with a transition. */
export type NodeChanges = Omit<Prisma.NodeUncheckedUpdateManyInput, 'id' | 'state' | 'version'>;

export const noJson = Prisma.DbNull;

/** True when a NIC or name to be written belongs to a node already. */
export const isTaken = isUniqueViolation;

export const nodeParts = {
  nics: { orderBy: { mac: 'asc' } },
  bmc: { select: { nodeId: true } },
} as const;

export function findNode(db: Db | Tx, id: string): Promise<NodeRow | null> {
  return db.node.findUnique({ where: { id }, include: nodeParts });
}

export function findNodeByName(db: Db | Tx, name: string): Promise<NodeRow | null> {
  return db.node.findUnique({ where: { name }, include: nodeParts });
}

/** By id or by name; names never look like ids. */
export async function findNodeByEither(db: Db | Tx, idOrName: string): Promise<NodeRow | null> {
  return (await findNodeByName(db, idOrName)) ?? findNode(db, idOrName);
}

export function findNodes(db: Db | Tx, where: { ids: string[] } | { names: string[] }): Promise<NodeRow[]> {
  const filter = 'ids' in where ? { id: { in: where.ids } } : { name: { in: where.names } };
  return db.node.findMany({ where: filter, include: nodeParts, orderBy: { name: 'asc' } });
}

export async function findNodeByMac(db: Db | Tx, mac: string): Promise<NodeRow | null> {
  const nic = await db.nodeNic.findUnique({ where: { mac }, include: { node: { include: nodeParts } } });
  return nic?.node ?? null;
}

export function findNodeByUuid(db: Db | Tx, uuid: string): Promise<NodeRow | null> {
  return db.node.findUnique({ where: { uuid }, include: nodeParts });
}

export function createNode(tx: Tx, node: Prisma.NodeUncheckedCreateInput): Promise<NodeRow> {
  return tx.node.create({ data: node, include: nodeParts });
}

/** Sets columns that are no part of the state; the version stays. */
export async function updateNode(db: Db | Tx, id: string, changes: NodeChanges): Promise<void> {
  await db.node.updateMany({ where: { id }, data: changes });
}

/** Moves the node on, if its version still is the one that was seen; answers null when it is not. */
export async function moveNode(
  tx: Tx,
  seen: { id: string; version: number },
  to: NodeState,
  changes: NodeChanges,
): Promise<Node | null> {
  const [row] = await tx.node.updateManyAndReturn({
    where: { id: seen.id, version: seen.version },
    data: { ...changes, state: to, version: { increment: 1 } },
  });
  return row ?? null;
}

export async function createStateChange(
  tx: Tx,
  change: Prisma.StateChangeUncheckedCreateInput,
): Promise<void> {
  await tx.stateChange.create({ data: change });
}

export async function deleteNode(tx: Tx, id: string): Promise<void> {
  await tx.node.delete({ where: { id } });
}

/** Nodes whose deadline has passed, the longest overdue first. */
export function overdueNodes(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ id: string; version: number; state: string }[]> {
  return db.node.findMany({
    where: { stateDeadline: { lt: now } },
    orderBy: { stateDeadline: 'asc' },
    take: limit,
    select: { id: true, version: true, state: true },
  });
}
