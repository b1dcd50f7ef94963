import type { Tx } from '@halligan/db';
import type { Inventory } from '@halligan/pxe/discovery';
import { moveBoots } from './boot-timeline.repository.ts';
import { moveConsole } from './console-log.repository.ts';
import { deleteNode, findNodeByUuid, type NodeRow, nodeParts } from './nodes.repository.ts';

/** Other nodes that have this UUID or one of these NICs. */
export async function relatedNodes(
  tx: Tx,
  nodeId: string,
  seen: { uuid: string | null; macs: string[] },
): Promise<NodeRow[]> {
  const byUuid = seen.uuid === null ? null : await findNodeByUuid(tx, seen.uuid);
  const byMac = await tx.node.findMany({
    where: { nics: { some: { mac: { in: seen.macs } } }, id: { not: nodeId } },
    include: nodeParts,
    orderBy: { createdAt: 'asc' },
  });
  const others = byUuid === null || byUuid.id === nodeId ? byMac : [byUuid, ...byMac];
  return others.filter((node, index) => others.findIndex(({ id }) => id === node.id) === index);
}

/** The node's NICs become those of the inventory, whoever had them before. */
export async function replaceNics(tx: Tx, nodeId: string, nics: Inventory['nics']): Promise<void> {
  const macs = nics.map(({ mac }) => mac);
  await tx.nodeNic.deleteMany({ where: { OR: [{ nodeId }, { mac: { in: macs } }] } });
  await tx.nodeNic.createMany({
    data: nics.map(({ mac, name, boot, driver, speedMbps }) => ({
      mac,
      nodeId,
      name,
      boot,
      driver,
      speedMbps,
    })),
  });
}

/** One machine was known as two nodes: what happened to `lost` is added to `kept`, and `lost` goes. */
export async function mergeNodes(tx: Tx, lost: string, kept: string): Promise<void> {
  await moveBoots(tx, lost, kept);
  await moveConsole(tx, lost, kept);
  await deleteNode(tx, lost);
}
