import type { Schemas } from '@halligan/api-client';

/** Seconds from one milestone to the next; `total` from the power button to ready. */
export type Phases = Record<string, number>;

export interface NodeReport {
  readonly name: string;
  readonly state: string;
  readonly phases: Phases;
}

export interface RunReport {
  readonly barclamp: string;
  readonly outcome: string;
  readonly changed: number;
  readonly unchanged: number;
  readonly seconds: number;
}

/** What `npm run lab -- --once --json` prints; outside scripts rely on its shape. */
export interface Report {
  readonly ok: boolean;
  readonly nodes: readonly NodeReport[];
  readonly runs: readonly RunReport[];
}

/** The milestones by the state that is reached, in order, and what reaching it is called in the report. */
const MILESTONES = [
  ['discovered', 'discovered'],
  ['hardware-installing', 'asked'],
  ['installed', 'installed'],
  ['readying', 'firstContact'],
  ['ready', 'ready'],
] as const;

type StateChange = Pick<Schemas['StateChange'], 'to' | 'at'>;

/** The phases of a node's way from the power button, from its state history in any order. */
export function phasesOf(poweredOnAt: Date, history: readonly StateChange[]): Phases {
  const phases: Phases = {};
  let before = poweredOnAt.getTime();
  for (const [state, name] of MILESTONES) {
    const at = firstTime(state, history);
    if (at === undefined) break;
    phases[name] = seconds(at - before);
    before = at;
  }
  if (phases.ready !== undefined) phases.total = seconds(before - poweredOnAt.getTime());
  return phases;
}

export function runReport(run: Schemas['RunSummary']): RunReport {
  const { barclamp, state: outcome, changed, unchanged, seconds: took } = run;
  return { barclamp, outcome, changed, unchanged, seconds: took ?? 0 };
}

function firstTime(state: string, history: readonly StateChange[]): number | undefined {
  const times = history.filter((change) => change.to === state).map((change) => Date.parse(change.at));
  return times.length === 0 ? undefined : Math.min(...times);
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
