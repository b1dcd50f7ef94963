import { createHash } from 'node:crypto';

/** What a plan holds good for. Each part is anything that JSON tells apart. */
export interface PlanBasis {
  /** The draft: which revision, at which version. */
  readonly draft: unknown;
  /** What the steps are. */
  readonly steps: unknown;
  /** What has happened on the nodes. */
  readonly nodes: unknown;
}

const PARTS = ['draft', 'steps', 'nodes'] as const;

const CHANGES: Record<(typeof PARTS)[number], string> = {
  draft: 'the proposal was edited or committed',
  steps: 'what the steps would do has changed (another barclamp version, or other facts about the nodes)',
  nodes: 'another run or a new installation has touched the nodes',
};

/** A plan's hash: one digest for each part, so that a stale one tells what went stale. */
export function planHash(basis: PlanBasis): string {
  return PARTS.map((part) => digest(basis[part])).join('-');
}

/** What has changed since the plan with this hash; empty when it still holds. */
export function staleness(planned: string, basis: PlanBasis): string[] {
  const before = planned.split('-');
  return PARTS.filter((part, index) => digest(basis[part]) !== before[index]).map((part) => CHANGES[part]);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
