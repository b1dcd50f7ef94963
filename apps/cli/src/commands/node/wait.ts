import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { CommandEnded, ExitCode } from '../../exit-code.ts';
import { stateColour } from '../../output/colour.ts';
import { untilChanged } from '../../output/until-changed.ts';

/** Waits until a node is in a state: exit 6 when time runs out, 1 when it fails meanwhile. */
export async function waitForState(
  context: CommandContext,
  node: string,
  state: string,
  options: { timeout: string },
): Promise<void> {
  const { out, connection } = context;
  let shown = '';
  await untilChanged(context, ['node.state'], Number(options.timeout), async () => {
    const detail = await unwrap(
      connection().client.GET('/api/v1/nodes/{node}', { params: { path: { node } } }),
    );
    if (detail.state !== shown)
      out.progress(`${detail.name}  ${stateColour(out.c, detail.state)}  ${detail.stateReason}`);
    shown = detail.state;
    if (detail.state === state) {
      out.answer(detail, () => '');
      return true;
    }
    if (detail.state === 'failed')
      throw new CommandEnded(ExitCode.failed, detail.stateReason, detail.nextAction);
    return false;
  });
}
