import { type Schemas, unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { CommandEnded, ExitCode } from '../../exit-code.ts';
import { stateColour } from '../../output/colour.ts';
import { untilChanged } from '../../output/until-changed.ts';
import { counts, describeStep } from './describe.ts';

const ENDED: readonly string[] = ['succeeded', 'failed', 'cancelled'];

/** Prints each step as it ends; exit 1 when the run failed or was cancelled, 6 when time ran out. */
export async function followRun(
  context: CommandContext,
  id: string,
  options: { timeout: string },
): Promise<void> {
  const { out, connection } = context;
  const printed = new Set<string>();
  await untilChanged(context, ['run.updated', 'run.step'], Number(options.timeout), async () => {
    const run = await unwrap(connection().client.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
    for (const line of newSteps(context, run, printed)) out.progress(line);
    if (!ENDED.includes(run.state)) return false;
    out.answer(run, (c) => `${stateColour(c, run.state)}  ${counts(run)}`);
    if (run.state !== 'succeeded') {
      throw new CommandEnded(
        ExitCode.failed,
        run.reason,
        `See \`halligan run show ${id}\`, then \`halligan run retry ${id}\`.`,
      );
    }
    return true;
  });
}

function newSteps({ out }: CommandContext, run: Schemas['RunDetail'], printed: Set<string>): string[] {
  const lines: string[] = [];
  for (const part of run.nodeRuns) {
    for (const step of part.steps) {
      if (step.outcome === 'pending' || step.outcome === 'running' || printed.has(step.id)) continue;
      printed.add(step.id);
      lines.push(`${out.c.bold(part.node)}${describeStep(out.c, step)}`);
    }
  }
  return lines;
}
