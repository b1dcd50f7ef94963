import type { Step } from '@halligan/sdk';
import { mask, maskPatterns, type RunnerEvent } from '@halligan/sdk/runner';
import { createTwoFilesPatch } from 'diff';
import type { PlanView } from '../proposals/proposal.dto.ts';

type PlannedStep = PlanView['nodes'][number]['steps'][number];

/** What the events of a plan say of each step: its drift in words, and for a file a unified diff. */
export function plannedSteps(steps: readonly Step[], events: readonly RunnerEvent[]): PlannedStep[] {
  const patterns = maskPatterns(steps.flatMap(({ secrets }) => secrets));
  return steps.map((step, at) => {
    const own = events.filter((event) => 'step' in event && event.step === at + 1);
    const drift = driftOf(own, patterns);
    return { name: step.name, drift, diff: drift === null ? null : diffOf(step, own, patterns) };
  });
}

function driftOf(events: readonly RunnerEvent[], patterns: readonly string[]): string | null {
  const finished = events.find((event) => event.type === 'step-finished');
  if (!finished) return 'it was not asked';
  if (finished.outcome === 'unknown') return mask(`cannot be told yet: ${finished.reason}`, patterns);
  return finished.drift === '' ? null : mask(finished.drift, patterns);
}

/** Null when the step writes no file, or the file's content is as wanted. */
function diffOf(step: Step, events: readonly RunnerEvent[], patterns: readonly string[]): string | null {
  const wanted = step.preview && step.files[step.preview.payload];
  if (!step.preview || wanted === undefined) return null;
  const lines = events.flatMap((event) => (event.type === 'content' ? [`${event.text}\n`] : []));
  const [before, after] = [lines.join(''), mask(wanted, patterns)];
  if (before === after) return null;
  const { path } = step.preview;
  const patch = createTwoFilesPatch(lines.length === 0 ? '/dev/null' : path, path, before, after);
  return patch.replace(/^=+\n/, '');
}
