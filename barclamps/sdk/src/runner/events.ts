/** Which of a step's scripts said something. */
export type Phase = 'check' | 'apply' | 'verify';

/** What came of a step; `drift` and `unknown` only in a plan. */
export type StepOutcome = 'unchanged' | 'changed' | 'failed' | 'cancelled' | 'drift' | 'unknown';

/** How a node run ended. */
export type RunnerResult = 'succeeded' | 'failed' | 'cancelled';

/** One line of the runner's journal. `step` counts from 1; `at` is the node's clock. */
export type RunnerEvent =
  | { readonly type: 'run-started'; readonly at: Date; readonly hash: string }
  | { readonly type: 'waiting'; readonly at: Date; readonly reason: string }
  | { readonly type: 'step-started'; readonly at: Date; readonly step: number; readonly key: string }
  | {
      readonly type: 'output';
      readonly at: Date;
      readonly step: number;
      readonly phase: Phase;
      readonly text: string;
    }
  | { readonly type: 'content'; readonly at: Date; readonly step: number; readonly text: string }
  | {
      readonly type: 'step-finished';
      readonly at: Date;
      readonly step: number;
      readonly key: string;
      readonly outcome: StepOutcome;
      readonly milliseconds: number;
      /** How the node differed, in words; empty when it did not. */
      readonly drift: string;
      /** Why the step did not come out well; empty when it did. */
      readonly reason: string;
    }
  | { readonly type: 'run-finished'; readonly at: Date; readonly result: RunnerResult };

const PHASES: readonly string[] = ['check', 'apply', 'verify'] satisfies Phase[];
const OUTCOMES: readonly string[] = [
  'unchanged',
  'changed',
  'failed',
  'cancelled',
  'drift',
  'unknown',
] satisfies StepOutcome[];
const RESULTS: readonly string[] = ['succeeded', 'failed', 'cancelled'] satisfies RunnerResult[];

type Reader = (at: Date, fields: readonly string[]) => RunnerEvent | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  'run-started': (at, [hash = '']) => ({ type: 'run-started', at, hash }),
  waiting: (at, [reason = '']) => ({ type: 'waiting', at, reason }),
  'step-started': (at, [step, key = '']) => ({ type: 'step-started', at, step: Number(step), key }),
  output: (at, [step, phase = '', text = '']) =>
    PHASES.includes(phase)
      ? { type: 'output', at, step: Number(step), phase: phase as Phase, text }
      : undefined,
  content: (at, [step, text = '']) => ({ type: 'content', at, step: Number(step), text }),
  'step-finished': (at, [step, key = '', outcome = '', milliseconds, drift = '', reason = '']) =>
    OUTCOMES.includes(outcome)
      ? {
          type: 'step-finished',
          at,
          step: Number(step),
          key,
          outcome: outcome as StepOutcome,
          milliseconds: Number(milliseconds),
          drift,
          reason,
        }
      : undefined,
  'run-finished': (at, [result = '']) =>
    RESULTS.includes(result) ? { type: 'run-finished', at, result: result as RunnerResult } : undefined,
};

/** Reads one journal line. Undefined for a line that is not whole, as a machine that lost power may leave. */
export function parseEvent(line: string): RunnerEvent | undefined {
  const [type = '', at = '', ...fields] = line.split('\t');
  if (!/^\d+$/.test(at) || !Object.hasOwn(READERS, type)) return undefined;
  const event = READERS[type]?.(new Date(Number(at)), fields.map(decode));
  return event && 'step' in event && !(event.step > 0) ? undefined : event;
}

function decode(field: string): string {
  return field.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
