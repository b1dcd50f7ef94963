import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { CommandEnded, ExitCode } from '../../exit-code.ts';

/** Everything wrong with the draft; exit 4 when there is anything. */
export async function validateProposal(
  { out, connection }: CommandContext,
  barclamp: string,
  name: string,
): Promise<void> {
  const params = { path: { barclamp, name } };
  const { issues } = await unwrap(connection().client.GET('/api/v1/proposals/{barclamp}/{name}', { params }));
  out.answer(
    { issues },
    (c) =>
      issues.map((issue) => `${c.yellow(issue.path)}  ${issue.message}`).join('\n') ||
      c.green('Nothing wrong.'),
  );
  if (issues.length > 0) throw new CommandEnded(ExitCode.refused, `${issues.length} problems.`);
}
