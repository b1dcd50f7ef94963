import { followEvents, unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';

/** The console log; with --follow it goes on until Ctrl-C. */
export async function showConsole(
  context: CommandContext,
  node: string,
  options: { follow?: boolean },
): Promise<void> {
  let after = await readOn(context, node, 0);
  if (options.follow !== true) return;
  const { baseUrl, token, fetch } = context.connection();
  for await (const event of followEvents({
    baseUrl,
    token,
    fetch,
    types: ['node.console'],
    signal: context.signal,
  })) {
    if (event.subjectKind === 'node') after = await readOn(context, node, after);
  }
}

async function readOn({ out, connection }: CommandContext, node: string, from: number): Promise<number> {
  let after = from;
  for (;;) {
    const params = { path: { node }, query: { after, limit: 200 } };
    const page = await unwrap(connection().client.GET('/api/v1/nodes/{node}/console', { params }));
    for (const chunk of page.chunks) out.answer(chunk, () => chunk.text.replace(/\n$/, ''));
    if (page.chunks.length === 0) return after;
    after = page.nextAfter;
  }
}
