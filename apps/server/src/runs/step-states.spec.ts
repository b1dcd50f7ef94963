import type { RunnerEvent } from '@halligan/sdk/runner';
import { describe, expect, it } from 'vitest';
import type { StepRunFacts } from './run-facts.ts';
import { StepStates } from './step-states.ts';

const at = new Date(0);
const pending = (index: number): StepRunFacts => ({
  ...{
    id: `s${index}`,
    index,
    name: `step ${index}`,
    outcome: 'pending',
    drift: null,
    reason: '',
    output: '',
  },
  ...{ startedAt: null, finishedAt: null },
});
const finished = (step: number, more: object = {}): RunnerEvent => ({
  ...{
    type: 'step-finished',
    at,
    step,
    key: 'k',
    outcome: 'changed',
    milliseconds: 1500,
    drift: '',
    reason: '',
  },
  ...more,
});

describe('StepStates', () => {
  it('follows a step from its start to its end', () => {
    const states = new StepStates([pending(1), pending(2)], []);

    states.apply({ type: 'step-started', at, step: 1, key: 'k' });
    states.apply({ type: 'output', at, step: 1, phase: 'apply', text: 'hello' });
    const step = states.apply(finished(1, { drift: 'it differs' }));

    expect(step).toMatchObject({ id: 's1', outcome: 'changed', drift: 'it differs', output: 'hello\n' });
    expect((step?.finishedAt?.getTime() ?? 0) - (step?.startedAt?.getTime() ?? 0)).toBe(1500);
    expect(states.percentDone).toBe(50);
    expect(states.takeChanged().map(({ id }) => id)).toEqual(['s1']);
    expect(states.takeChanged()).toEqual([]);
  });

  it('forgets what an attempt that died had printed', () => {
    const states = new StepStates([{ ...pending(1), outcome: 'running', output: 'half' }], []);

    states.apply({ type: 'step-started', at, step: 1, key: 'k' });

    expect(states.takeChanged()).toMatchObject([{ output: '' }]);
  });

  it('masks whatever it is given, once more', () => {
    const states = new StepStates([pending(1)], ['hunter2']);

    states.apply({ type: 'output', at, step: 1, phase: 'check', text: 'is hunter2' });
    states.apply(finished(1, { outcome: 'failed', drift: 'hunter2', reason: 'no hunter2' }));

    expect(states.takeChanged()).toMatchObject([{ output: 'is •••\n', drift: '•••', reason: 'no •••' }]);
    expect(states.failed?.id).toBe('s1');
  });

  it('keeps the end of endless output', () => {
    const states = new StepStates([pending(1)], []);

    for (let line = 0; line < 3000; line += 1)
      states.apply({ type: 'output', at, step: 1, phase: 'apply', text: `line ${line} ${'x'.repeat(40)}` });

    const [step] = states.takeChanged();
    expect(step?.output.length).toBeLessThan(132_000);
    expect(step?.output).toMatch(/^….*line 2999 x+\n$/s);
  });

  it('knows nothing of steps that are not there', () => {
    expect(new StepStates([], []).apply(finished(3))).toBeUndefined();
  });

  it('remembers how the run on the node ended, and that it waits', () => {
    const states = new StepStates([], []);

    states.apply({ type: 'waiting', at, reason: 'another run' });
    expect(states.waiting).toBe('another run');
    states.apply({ type: 'run-finished', at, result: 'cancelled' });
    expect(states.result).toBe('cancelled');
  });
});
