import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { stateColour } from '../../output/colour.ts';
import { table } from '../../output/table.ts';
import { ago } from '../../output/units.ts';

export async function listProposals({ out, connection }: CommandContext): Promise<void> {
  const proposals = await unwrap(connection().client.GET('/api/v1/proposals'));
  out.answer(proposals, (c) =>
    proposals.length === 0
      ? 'No proposals. Start one with `halligan proposal create <barclamp>`.'
      : table(
          c,
          ['BARCLAMP', 'NAME', 'STATE', 'REVISION', 'NODES', 'CHANGED'],
          proposals.map((one) => [
            one.barclamp,
            one.name,
            stateColour(c, one.state),
            `${one.appliedRevision ?? '–'}/${one.draftRevision}`,
            one.nodes.join(' ') || '–',
            ago(one.updatedAt),
          ]),
        ),
  );
}
