import { type Schemas, unwrap } from '@halligan/api-client';
import { stringify } from 'yaml';
import type { CommandContext } from '../../cli.ts';
import { type Colours, stateColour } from '../../output/colour.ts';
import { facts } from '../../output/table.ts';

export async function showProposal(
  { out, connection }: CommandContext,
  barclamp: string,
  name: string,
): Promise<void> {
  const params = { path: { barclamp, name } };
  const proposal = await unwrap(connection().client.GET('/api/v1/proposals/{barclamp}/{name}', { params }));
  out.answer(proposal, (c) => describeProposal(c, proposal));
}

export function describeProposal(c: Colours, proposal: Schemas['ProposalDetail']): string {
  const { attributes, elements } = proposal.draft;
  const issues = proposal.issues.map((issue) => `  ${c.yellow(issue.path)}  ${issue.message}`);
  return [
    facts(c, [
      ['proposal', c.bold(`${proposal.barclamp}/${proposal.name}`)],
      ['state', stateColour(c, proposal.state)],
      ['draft', `revision ${proposal.draft.number}, saved ${proposal.draft.version} times`],
      ['applied', proposal.applied === null ? 'never' : `revision ${proposal.applied.number}`],
      ['last run', proposal.lastRunId],
    ]),
    stringify({ attributes, elements }).trimEnd(),
    ...(issues.length === 0 ? [] : [[c.red('not ready to commit:'), ...issues].join('\n')]),
  ].join('\n\n');
}
