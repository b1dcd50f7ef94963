import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { type InputOptions, mergeInput } from './input.ts';
import { describeProposal } from './show.ts';

export async function createProposal(
  { out, connection }: CommandContext,
  barclamp: string,
  name: string,
  options: InputOptions,
): Promise<void> {
  const input = mergeInput({ attributes: {}, elements: {} }, options);
  const proposal = await unwrap(
    connection().client.POST('/api/v1/proposals', { body: { barclamp, name, ...input } }),
  );
  out.answer(proposal, (c) => describeProposal(c, proposal));
}
