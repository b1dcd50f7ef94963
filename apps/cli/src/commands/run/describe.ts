import type { Schemas } from '@halligan/api-client';
import { type Colours, stateColour } from '../../output/colour.ts';
import { facts } from '../../output/table.ts';
import { duration } from '../../output/units.ts';

export function describeRun(c: Colours, run: Schemas['RunDetail']): string {
  const head = facts(c, [
    ['run', c.bold(run.id)],
    ['proposal', `${run.barclamp}/${run.proposal} revision ${run.revision}`],
    ['state', `${stateColour(c, run.state)} ${c.dim(run.reason)}`],
    ['steps', counts(run)],
    ['took', duration(run.seconds)],
  ]);
  return [head, ...run.nodeRuns.map((part) => describeNodeRun(c, part))].join('\n\n');
}

export function counts(run: Schemas['RunSummary']): string {
  return `${run.changed} changed, ${run.unchanged} unchanged, ${run.failed} failed`;
}

function describeNodeRun(c: Colours, part: Schemas['NodeRun']): string {
  const head = `${c.bold(part.node)} ${part.role}  ${stateColour(c, part.state)} ${c.dim(part.reason)}`;
  return [head, ...part.steps.map((step) => describeStep(c, step))].join('\n');
}

export function describeStep(c: Colours, step: Schemas['StepRun']): string {
  const line = `  ${stateColour(c, step.outcome).padEnd(10)}  ${step.name}${step.drift === null ? '' : c.dim(`  ${step.drift}`)}`;
  const output = step.outcome === 'failed' && step.output !== '' ? `\n${indent(step.output)}` : '';
  return `${line}${step.seconds === null ? '' : c.dim(`  ${duration(step.seconds)}`)}${output}`;
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
}
