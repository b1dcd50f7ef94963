import type { NodeRunState, ProposalState, StepOutcome } from '#lib/api/types.ts';
import type { Tone } from '#lib/nodes/states.ts';

export const runTones: Record<NodeRunState, Tone> = {
  waiting: 'waiting',
  running: 'working',
  succeeded: 'ready',
  failed: 'failed',
  blocked: 'attention',
  cancelled: 'off',
};

export const stepTones: Record<StepOutcome, Tone> = {
  pending: 'waiting',
  running: 'working',
  unchanged: 'ready',
  changed: 'attention',
  failed: 'failed',
};

export const proposalTones: Record<ProposalState, Tone> = {
  draft: 'waiting',
  applying: 'working',
  applied: 'ready',
  failed: 'failed',
};
