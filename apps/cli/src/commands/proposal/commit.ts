import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { followRun } from '../run/follow.ts';

interface CommitOptions {
  plan?: string;
  follow?: boolean;
  timeout: string;
}

export async function commitProposal(
  context: CommandContext,
  barclamp: string,
  name: string,
  options: CommitOptions,
): Promise<void> {
  const params = { path: { barclamp, name } };
  const body = options.plan === undefined ? {} : { planHash: options.plan };
  const { client } = context.connection();
  const { runId } = await unwrap(client.POST('/api/v1/proposals/{barclamp}/{name}/commit', { params, body }));
  if (options.follow === true) return followRun(context, runId, { timeout: options.timeout });
  context.out.answer(
    { runId },
    (c) => `Run ${c.bold(runId)}. Watch it with \`halligan run show ${runId} --follow\`.`,
  );
}
