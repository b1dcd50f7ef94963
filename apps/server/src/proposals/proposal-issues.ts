import type { Barclamp } from '@halligan/sdk';
import type { Issue } from '../shared/problem.dto.ts';
import { attributeIssues } from './attribute-issues.ts';
import { countIssues, type NamedElements, placementIssues, referenceIssues } from './element-issues.ts';
import type { Attributes } from './proposal-facts.ts';

/** What is asked about a node before it may carry a role. */
export interface Candidate {
  readonly name: string;
  readonly state: string;
  readonly available: boolean;
}

/** Everything that is wrong with a draft. */
export interface DraftIssues {
  /** Mistakes that make no sense to keep: a draft with one of these is not saved. */
  readonly refused: Issue[];
  /** What is still missing or does not fit together: such a draft may be saved, but not committed. */
  readonly open: Issue[];
}

/** Checks attributes by the barclamp's schema, and elements by its roles and the nodes there are. */
export function draftIssues(
  barclamp: Barclamp,
  attributes: Attributes,
  elements: NamedElements,
  nodes: readonly Candidate[],
): DraftIssues {
  return {
    refused: [
      ...attributeIssues(barclamp.attributes, attributes),
      ...referenceIssues(barclamp, elements, nodes),
    ],
    open: [...countIssues(barclamp, elements), ...placementIssues(barclamp, elements, nodes)],
  };
}
