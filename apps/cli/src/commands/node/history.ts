import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { stateColour } from '../../output/colour.ts';
import { table } from '../../output/table.ts';

export async function showHistory({ out, connection }: CommandContext, node: string): Promise<void> {
  const changes = await unwrap(
    connection().client.GET('/api/v1/nodes/{node}/history', { params: { path: { node } } }),
  );
  out.answer(changes, (c) =>
    table(
      c,
      ['AT', 'FROM', 'TO', 'BY', 'WHY'],
      changes.map((change) => [
        change.at,
        change.from,
        stateColour(c, change.to),
        change.actor,
        change.reason,
      ]),
    ),
  );
}
