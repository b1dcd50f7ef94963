import { type Schemas, unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import type { Colours } from '../../output/colour.ts';

/** Runs only the checks and shows the drift of every step. */
export async function planProposal(
  { out, connection }: CommandContext,
  barclamp: string,
  name: string,
  options: { diff?: boolean },
): Promise<void> {
  out.progress('Running the checks on the nodes…');
  const params = { path: { barclamp, name } };
  const plan = await unwrap(connection().client.POST('/api/v1/proposals/{barclamp}/{name}/plan', { params }));
  out.answer(plan, (c) => describePlan(c, plan, options.diff === true));
}

function describePlan(c: Colours, plan: Schemas['Plan'], withDiff: boolean): string {
  const blocks = plan.nodes.map((part) => {
    const steps = part.steps.map((step) => {
      const mark = step.drift === null ? c.dim('=') : c.yellow('~');
      const diff = withDiff && step.diff !== null ? `\n${colourDiff(c, step.diff)}` : '';
      return `  ${mark} ${step.name}${step.drift === null ? '' : `  ${c.yellow(step.drift)}`}${diff}`;
    });
    const error = part.error === null ? [] : [`  ${c.red('!')} ${part.error}`];
    return [`${c.bold(part.node)} ${part.role}`, ...error, ...steps].join('\n');
  });
  return [...blocks, `${plan.changes} steps would change. Plan ${c.bold(plan.hash)}`].join('\n');
}

function colourDiff(c: Colours, diff: string): string {
  return diff
    .trimEnd()
    .split('\n')
    .map(
      (line) =>
        `      ${line.startsWith('+') ? c.green(line) : line.startsWith('-') ? c.red(line) : c.dim(line)}`,
    )
    .join('\n');
}
