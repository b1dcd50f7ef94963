import { type Schemas, unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { stateColour } from '../../output/colour.ts';

/** Asks one thing of each of several nodes; the first refusal ends it. */
export function nodeAction(verb: Schemas['NodeAction']) {
  return async (
    { out, connection }: CommandContext,
    nodes: readonly string[],
    options: { bootEnv?: string },
  ): Promise<void> => {
    const answers: Schemas['NodeDetail'][] = [];
    for (const node of nodes) {
      const path = { node, action: verb };
      const body = options.bootEnv === undefined ? {} : { bootEnv: options.bootEnv };
      answers.push(
        await unwrap(
          connection().client.POST('/api/v1/nodes/{node}/actions/{action}', { params: { path }, body }),
        ),
      );
    }
    out.answer(nodes.length === 1 ? answers[0] : answers, (c) =>
      answers.map((node) => `${node.name}  ${stateColour(c, node.state)}  ${node.nextAction}`).join('\n'),
    );
  };
}

/** Forgets nodes; their disks stay as they are. */
export async function deleteNode(
  { out, connection }: CommandContext,
  nodes: readonly string[],
): Promise<void> {
  for (const node of nodes) {
    await unwrap(connection().client.DELETE('/api/v1/nodes/{node}', { params: { path: { node } } }));
  }
  out.answer({ deleted: nodes }, () => nodes.map((node) => `${node}  deleted`).join('\n'));
}
