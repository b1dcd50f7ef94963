import type { Step } from '../step.ts';

/** The steps as text a person can review: what a golden file holds. */
export function renderSteps(steps: readonly Step[]): string {
  return steps.map(renderStep).join('\n');
}

function renderStep(step: Step): string {
  const parts = [
    ['check', step.check],
    ['apply', step.apply],
    ['verify', step.verify],
    ...Object.entries(step.files).map(([name, content]) => [`file ${name}`, shown(step, content)]),
  ];
  const texts = parts.flatMap(([title, text]) =>
    text === undefined ? [] : [`--- ${title}\n${text.trimEnd()}\n`],
  );
  return `=== ${step.name} (within ${step.timeoutSeconds} s)\n${texts.join('')}`;
}

function shown(step: Step, content: string): string {
  return step.secrets.includes(content) ? '•••' : content;
}
