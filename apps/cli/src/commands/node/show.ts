import { type Schemas, unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { type Colours, stateColour } from '../../output/colour.ts';
import { facts } from '../../output/table.ts';
import { ago, bytes } from '../../output/units.ts';

/** One node, whole. */
export async function showNode({ out, connection }: CommandContext, node: string): Promise<void> {
  const detail = await unwrap(
    connection().client.GET('/api/v1/nodes/{node}', { params: { path: { node } } }),
  );
  out.answer(detail, (c) => describeNode(c, detail));
}

export function describeNode(c: Colours, node: Schemas['NodeDetail']): string {
  return facts(c, [
    ['name', c.bold(node.name)],
    ['state', `${stateColour(c, node.state)} ${c.dim(`for ${ago(node.stateSince).replace(' ago', '')}`)}`],
    ['why', node.stateReason],
    ['next', node.nextAction],
    ['failed during', node.failedDuring],
    [
      'progress',
      node.progress === null ? null : `${node.progress.percent ?? '–'} % ${node.progress.message}`,
    ],
    ['seen', ago(node.lastSeenAt)],
    ['power', stateColour(c, node.powerState)],
    ['address', node.address],
    ['macs', node.macs.join(' ')],
    ['firmware', node.firmware],
    ['platform', node.platform],
    [
      'hardware',
      `${node.cpuThreads ?? '–'} CPU threads, ${bytes(node.memoryBytes)} memory, ${bytes(node.diskBytes)} disk`,
    ],
    ['serial', node.serial],
    ['boot env', node.bootEnv],
    ['next boot', node.nextBoot],
    ['bmc', node.bmc === null ? null : `${node.bmc.driver} ${node.bmc.address}:${node.bmc.port}`],
    ['host keys', node.hostKeyFingerprints.join('\n') || null],
    ['roles', node.roles.join(' ') || '–'],
    ['may now', node.actions.join(', ') || '–'],
  ]);
}
