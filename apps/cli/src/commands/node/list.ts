import { type HalliganClient, type Schemas, unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { stateColour } from '../../output/colour.ts';
import { table } from '../../output/table.ts';
import { ago } from '../../output/units.ts';

interface ListOptions {
  state?: Schemas['NodeState'];
  query?: string;
}

/** Every node that matches, all pages. */
export async function listNodes({ out, connection }: CommandContext, options: ListOptions): Promise<void> {
  const nodes: Schemas['NodeSummary'][] = [];
  for await (const page of pages(connection().client, options)) nodes.push(...page);
  out.answer(nodes, (c) =>
    nodes.length === 0
      ? 'No nodes. Power a machine on in the provisioning network and it will appear.'
      : table(
          c,
          ['NAME', 'STATE', 'SINCE', 'ADDRESS', 'POWER', 'ROLES', 'WHY'],
          nodes.map((node) => [
            node.name,
            stateColour(c, node.state),
            ago(node.stateSince),
            node.address ?? '–',
            stateColour(c, node.powerState),
            node.roles.join(' ') || '–',
            node.progress === null
              ? node.stateReason
              : `${node.progress.percent ?? ''}% ${node.progress.message}`,
          ]),
        ),
  );
}

async function* pages(client: HalliganClient, { state, query }: ListOptions) {
  let cursor: string | undefined;
  do {
    const page = await unwrap(
      client.GET('/api/v1/nodes', {
        params: {
          query: {
            limit: 500,
            ...(state && { state }),
            ...(query && { q: query }),
            ...(cursor && { cursor }),
          },
        },
      }),
    );
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
