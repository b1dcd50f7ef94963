import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { stateColour } from '../../output/colour.ts';
import { table } from '../../output/table.ts';
import { ago, duration } from '../../output/units.ts';
import { counts, describeRun } from './describe.ts';

export async function listRuns({ out, connection }: CommandContext): Promise<void> {
  const runs = await unwrap(connection().client.GET('/api/v1/runs'));
  out.answer(runs, (c) =>
    runs.length === 0
      ? 'No runs yet. Commit a proposal to start one.'
      : table(
          c,
          ['RUN', 'PROPOSAL', 'STATE', 'STEPS', 'TOOK', 'STARTED', 'BY'],
          runs.map((run) => [
            run.id,
            `${run.barclamp}/${run.proposal} r${run.revision}`,
            stateColour(c, run.state),
            counts(run),
            duration(run.seconds),
            ago(run.startedAt ?? run.createdAt),
            run.createdBy,
          ]),
        ),
  );
}

export async function showRun({ out, connection }: CommandContext, id: string): Promise<void> {
  const run = await unwrap(connection().client.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
  out.answer(run, (c) => describeRun(c, run));
}

export async function cancelRun({ out, connection }: CommandContext, id: string): Promise<void> {
  const run = await unwrap(
    connection().client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }),
  );
  out.answer(run, (c) => `${id}  ${stateColour(c, run.state)}`);
}

export async function retryRun({ out, connection }: CommandContext, id: string): Promise<void> {
  const { runId } = await unwrap(
    connection().client.POST('/api/v1/runs/{id}/retry', { params: { path: { id } } }),
  );
  out.answer(
    { runId },
    (c) => `Run ${c.bold(runId)}. Watch it with \`halligan run show ${runId} --follow\`.`,
  );
}
