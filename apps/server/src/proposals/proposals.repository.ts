import type { Db, Prisma, Proposal, Revision, Run, Tx } from '@halligan/db';
import type { Attributes, ElementIds, ProposalFacts, RevisionFacts } from './proposal-facts.ts';

const NEWEST = { orderBy: { number: 'desc' }, take: 1 } as const;
const LAST_RUN = { orderBy: { createdAt: 'desc' }, take: 1 } as const;

type ProposalRow = Proposal & { revisions: Revision[]; runs: Run[] };

export async function findProposal(
  db: Db | Tx,
  barclamp: string,
  name: string,
): Promise<ProposalFacts | null> {
  const where = { barclamp_name: { barclamp, name } };
  return withApplied(
    db,
    await db.proposal.findUnique({ where, include: { revisions: NEWEST, runs: LAST_RUN } }),
  );
}

export async function findProposalById(db: Db | Tx, id: string): Promise<ProposalFacts | null> {
  return withApplied(
    db,
    await db.proposal.findUnique({ where: { id }, include: { revisions: NEWEST, runs: LAST_RUN } }),
  );
}

export async function allProposals(db: Db | Tx): Promise<ProposalFacts[]> {
  const rows = await db.proposal.findMany({
    include: { revisions: NEWEST, runs: LAST_RUN },
    orderBy: [{ barclamp: 'asc' }, { name: 'asc' }],
  });
  const facts = await Promise.all(rows.map((row) => withApplied(db, row)));
  return facts.filter((each) => each !== null);
}

/** Names of the barclamps of which some proposal is applied. */
export async function appliedBarclamps(db: Db | Tx): Promise<Set<string>> {
  const rows = await db.proposal.findMany({
    where: { appliedRevision: { not: null } },
    select: { barclamp: true },
  });
  return new Set(rows.map(({ barclamp }) => barclamp));
}

export async function createProposal(
  tx: Tx,
  proposal: {
    barclamp: string;
    name: string;
    attributes: Attributes;
    elements: ElementIds;
    createdBy: string;
  },
): Promise<string> {
  const { barclamp, name, createdBy, attributes, elements } = proposal;
  const { id } = await tx.proposal.create({
    data: {
      barclamp,
      name,
      revisions: { create: { number: 1, createdBy, ...documents({ attributes, elements }) } },
    },
  });
  return id;
}

/** Saves over a draft; false when it is no longer at the version that was read. */
export async function updateDraft(
  tx: Tx,
  draft: RevisionFacts,
  change: { attributes: Attributes; elements: ElementIds; createdBy: string },
): Promise<boolean> {
  const { count } = await tx.revision.updateMany({
    where: { id: draft.id, version: draft.version, frozen: false },
    data: { version: { increment: 1 }, createdBy: change.createdBy, ...documents(change) },
  });
  await touchProposal(tx, draft.proposalId);
  return count === 1;
}

/** Begins the draft after a frozen revision. Versions go on counting, so that no stale save fits by chance. */
export async function createDraft(
  tx: Tx,
  after: RevisionFacts,
  change: { attributes: Attributes; elements: ElementIds; createdBy: string },
): Promise<void> {
  const { proposalId, number, version } = after;
  const { createdBy } = change;
  await tx.revision.create({
    data: { proposalId, number: number + 1, version: version + 1, createdBy, ...documents(change) },
  });
  await touchProposal(tx, proposalId);
}

/** Freezes a draft; false when somebody saved or froze it meanwhile. */
export async function freezeRevision(tx: Tx, { id, version }: RevisionFacts): Promise<boolean> {
  const { count } = await tx.revision.updateMany({
    where: { id, version, frozen: false },
    data: { frozen: true },
  });
  return count === 1;
}

/** Records that this revision was proved on the nodes. */
export async function markApplied(tx: Tx, revisionId: string, at: Date): Promise<void> {
  const { proposalId, number } = await tx.revision.update({
    where: { id: revisionId },
    data: { appliedAt: at },
  });
  await tx.proposal.update({ where: { id: proposalId }, data: { appliedRevision: number } });
}

export async function findRevision(db: Db | Tx, id: string): Promise<RevisionFacts | null> {
  const row = await db.revision.findUnique({ where: { id } });
  return row && revisionFacts(row);
}

/** All revisions of a proposal, newest first. */
export async function revisionsOf(db: Db | Tx, proposalId: string): Promise<RevisionFacts[]> {
  const rows = await db.revision.findMany({ where: { proposalId }, orderBy: { number: 'desc' } });
  return rows.map(revisionFacts);
}

export async function deleteProposal(tx: Tx, id: string): Promise<void> {
  await tx.proposal.delete({ where: { id } });
}

async function touchProposal(tx: Tx, id: string): Promise<void> {
  await tx.proposal.update({ where: { id }, data: { updatedAt: new Date() } });
}

function documents({ attributes, elements }: { attributes: Attributes; elements: ElementIds }) {
  return {
    attributes: attributes as Prisma.InputJsonObject,
    elements: elements as unknown as Prisma.InputJsonObject,
  };
}

async function withApplied(db: Db | Tx, row: ProposalRow | null): Promise<ProposalFacts | null> {
  const [newest] = row?.revisions ?? [];
  if (!row || !newest) return null;
  const { id, barclamp, name, updatedAt, appliedRevision, runs } = row;
  const applied =
    appliedRevision === null || appliedRevision === newest.number
      ? newest
      : await db.revision.findUnique({
          where: { proposalId_number: { proposalId: id, number: appliedRevision } },
        });
  return {
    id,
    barclamp,
    name,
    updatedAt,
    newest: revisionFacts(newest),
    applied: appliedRevision === null || applied === null ? null : revisionFacts(applied),
    lastRun: runs[0] ?? null,
  };
}

function revisionFacts(row: Revision): RevisionFacts {
  return {
    ...row,
    attributes: row.attributes as Attributes,
    elements: row.elements as unknown as ElementIds,
  };
}
