/** Node ids by role, as revisions keep them: names may change. */
export type ElementIds = Readonly<Record<string, readonly string[]>>;

/** Attributes as the operator wrote them, without defaults. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One saved version of a proposal. */
export interface RevisionFacts {
  readonly id: string;
  readonly proposalId: string;
  readonly number: number;
  /** Raised by every save, across revisions: the optimistic lock. */
  readonly version: number;
  readonly attributes: Attributes;
  readonly elements: ElementIds;
  readonly frozen: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
}

/** The newest run of a proposal, as far as its state depends on it. */
export interface LastRun {
  readonly id: string;
  readonly state: string;
  readonly revisionId: string;
}

/** A proposal with the revisions that matter: the newest one and the applied one. */
export interface ProposalFacts {
  readonly id: string;
  readonly barclamp: string;
  readonly name: string;
  readonly updatedAt: Date;
  readonly newest: RevisionFacts;
  readonly applied: RevisionFacts | null;
  readonly lastRun: LastRun | null;
}
