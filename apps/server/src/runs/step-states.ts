import type { RunnerEvent, StepOutcome as RunnerOutcome, RunnerResult } from '@halligan/sdk/runner';
import { mask } from '@halligan/sdk/runner';
import type { StepOutcome } from './run.dto.ts';
import type { StepRunFacts } from './run-facts.ts';

/** Characters of output kept of one step, at least: its end says why it failed. Cut at twice as many. */
const KEPT_OUTPUT = 64 * 1024;

const OUTCOMES: Record<RunnerOutcome, StepOutcome> = {
  unchanged: 'unchanged',
  changed: 'changed',
  failed: 'failed',
  cancelled: 'failed',
  drift: 'failed',
  unknown: 'failed',
};

/** What the events of a journal make of the steps of a node run. */
export class StepStates {
  readonly #steps: Map<number, StepRunFacts>;
  readonly #patterns: readonly string[];
  readonly #dirty = new Set<number>();
  /** How the run on the node ended; undefined until it has. */
  result: RunnerResult | undefined;
  /** Why the run on the node waits; empty when it does not. */
  waiting = '';

  constructor(steps: readonly StepRunFacts[], patterns: readonly string[]) {
    this.#steps = new Map(steps.map((step) => [step.index, step]));
    this.#patterns = patterns;
  }

  /** Takes an event in; answers the step whose outcome it changed. */
  apply(event: RunnerEvent): StepRunFacts | undefined {
    switch (event.type) {
      case 'run-started':
        this.waiting = '';
        return undefined;
      case 'waiting':
        this.waiting = event.reason;
        return undefined;
      case 'run-finished':
        this.result = event.result;
        return undefined;
      case 'content':
        return undefined;
      case 'step-started':
        this.waiting = '';
        return this.#change(event.step, () => ({
          outcome: 'running',
          startedAt: new Date(),
          output: '',
          drift: null,
        }));
      case 'output':
        this.#change(event.step, ({ output }) => ({ output: this.#appended(output, event.text) }));
        return undefined;
      case 'step-finished':
        return this.#change(event.step, ({ startedAt }) => ({
          outcome: OUTCOMES[event.outcome],
          drift: event.drift === '' ? null : this.#masked(event.drift),
          reason: this.#masked(event.reason),
          finishedAt: new Date((startedAt?.getTime() ?? Date.now()) + event.milliseconds),
        }));
    }
  }

  /** The steps that changed since this was asked last. */
  takeChanged(): StepRunFacts[] {
    const changed = [...this.#dirty].flatMap((index) => this.#steps.get(index) ?? []);
    this.#dirty.clear();
    return changed;
  }

  /** The step that failed, if one has. */
  get failed(): StepRunFacts | undefined {
    return [...this.#steps.values()].find(({ outcome }) => outcome === 'failed');
  }

  /** Share of the steps that are behind us. */
  get percentDone(): number {
    const done = [...this.#steps.values()].filter(({ finishedAt }) => finishedAt !== null).length;
    return this.#steps.size === 0 ? 100 : Math.round((100 * done) / this.#steps.size);
  }

  #change(index: number, change: (step: StepRunFacts) => Partial<StepRunFacts>): StepRunFacts | undefined {
    const step = this.#steps.get(index);
    if (!step) return undefined;
    const changed = { ...step, ...change(step) };
    this.#steps.set(index, changed);
    this.#dirty.add(index);
    return changed;
  }

  #appended(output: string, line: string): string {
    const whole = `${output}${this.#masked(line)}\n`;
    return whole.length <= 2 * KEPT_OUTPUT ? whole : `…${whole.slice(-KEPT_OUTPUT)}`;
  }

  /** The runner has masked it already; this holds even if that one were changed. */
  #masked(text: string): string {
    return mask(text, this.#patterns);
  }
}
