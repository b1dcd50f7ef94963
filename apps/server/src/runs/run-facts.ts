import type { NodeRunKind, NodeRunState, RunState, StepOutcome } from './run.dto.ts';

/** A run without its parts. */
export interface RunFacts {
  readonly id: string;
  readonly proposalId: string;
  readonly revisionId: string;
  readonly barclamp: string;
  readonly proposal: string;
  readonly revision: number;
  readonly state: RunState;
  readonly reason: string;
  readonly cancelledBy: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** A run's part on one node. */
export interface NodeRunFacts {
  readonly id: string;
  readonly runId: string;
  readonly nodeId: string;
  readonly role: string;
  readonly kind: NodeRunKind;
  readonly batch: number;
  readonly state: NodeRunState;
  readonly reason: string;
  readonly journalOffset: number;
}

/** A step as it is stored. */
export interface StepRunFacts {
  readonly id: string;
  readonly index: number;
  readonly name: string;
  readonly outcome: StepOutcome;
  readonly drift: string | null;
  readonly reason: string;
  readonly output: string;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** States in which nothing more happens. */
export const isFinal = (state: RunState | NodeRunState): boolean =>
  state !== 'waiting' && state !== 'running';
