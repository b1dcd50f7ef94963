import type { Issue } from '../shared/problem.dto.ts';
import type { ProposalDetail, ProposalState, ProposalSummary, RevisionView } from './proposal.dto.ts';
import type { ElementIds, ProposalFacts, RevisionFacts } from './proposal-facts.ts';

/** Names of nodes by their ids. */
export type NodeNames = ReadonlyMap<string, string>;

const AT_WORK = ['waiting', 'running'];

/** Where a proposal stands. */
export function proposalState({ newest, lastRun }: ProposalFacts): ProposalState {
  if (lastRun && AT_WORK.includes(lastRun.state)) return 'applying';
  if (!newest.frozen || lastRun?.revisionId !== newest.id) return 'draft';
  return lastRun.state === 'succeeded' ? 'applied' : 'failed';
}

/** Elements with names. A node that is gone keeps its id, which then no node is named like. */
export function namedElements(elements: ElementIds, names: NodeNames): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(elements).map(([role, ids]) => [role, ids.map((id) => names.get(id) ?? id)]),
  );
}

/** Every node id in these elements, once. */
export function nodeIdsIn(...elements: readonly ElementIds[]): string[] {
  return [...new Set(elements.flatMap((each) => Object.values(each).flat()))];
}

export function proposalSummary(facts: ProposalFacts, names: NodeNames): ProposalSummary {
  return {
    id: facts.id,
    barclamp: facts.barclamp,
    name: facts.name,
    state: proposalState(facts),
    appliedRevision: facts.applied?.number ?? null,
    draftRevision: facts.newest.number,
    nodes: nodeIdsIn(facts.newest.elements)
      .map((id) => names.get(id) ?? id)
      .sort(),
    lastRunId: facts.lastRun?.id ?? null,
    updatedAt: facts.updatedAt.toISOString(),
  };
}

export function proposalDetail(facts: ProposalFacts, names: NodeNames, issues: Issue[]): ProposalDetail {
  return {
    ...proposalSummary(facts, names),
    draft: revisionView(facts.newest, names),
    applied: facts.applied && revisionView(facts.applied, names),
    issues,
  };
}

export function revisionView(revision: RevisionFacts, names: NodeNames): RevisionView {
  return {
    number: revision.number,
    version: revision.version,
    attributes: revision.attributes,
    elements: namedElements(revision.elements, names),
    frozen: revision.frozen,
    createdBy: revision.createdBy,
    createdAt: revision.createdAt.toISOString(),
    appliedAt: revision.appliedAt?.toISOString() ?? null,
  };
}
