import type { Db } from '@halligan/db';

/** Node id to `barclamp/role`s by the revisions that were proved on the nodes. */
export async function appliedRoles(db: Db): Promise<Map<string, string[]>> {
  const proposals = await db.proposal.findMany({
    where: { appliedRevision: { not: null } },
    select: { barclamp: true, appliedRevision: true, id: true },
    orderBy: [{ barclamp: 'asc' }, { name: 'asc' }],
  });
  const revisions = await db.revision.findMany({
    where: {
      OR: proposals.map(({ id, appliedRevision }) => ({ proposalId: id, number: appliedRevision ?? 0 })),
    },
    select: { proposalId: true, elements: true },
  });
  const elementsOf = new Map(revisions.map(({ proposalId, elements }) => [proposalId, elements]));
  const roles = new Map<string, string[]>();
  for (const { id, barclamp } of proposals)
    for (const [role, nodes] of Object.entries((elementsOf.get(id) ?? {}) as Record<string, string[]>))
      for (const node of nodes) roles.set(node, [...(roles.get(node) ?? []), `${barclamp}/${role}`]);
  return roles;
}
