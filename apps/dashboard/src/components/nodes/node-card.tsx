// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight do not exist, so a real list cannot hold them
import { Group, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import Link from 'next/link';
import { memo } from 'react';
import type { NodeSummary } from '#lib/api/types.ts';
import { bytes } from '#lib/format.ts';
import { nodeHref } from '#lib/hrefs.ts';
import { toneOf } from '#lib/nodes/states.ts';
import { StateLabel } from '../common/state-label.tsx';
import { Elapsed } from '../common/times.tsx';
import classes from './node-card.module.css';
import { NodeProgressBar } from './node-progress.tsx';

/** Hardware in half a line. */
export function hardwareLine(node: NodeSummary): string {
  const parts = [
    node.cpuThreads === null ? null : `${node.cpuThreads} threads`,
    node.memoryBytes === null ? null : bytes(node.memoryBytes),
    node.diskBytes === null ? null : `${bytes(node.diskBytes)} disk`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function Detail({ node }: { node: NodeSummary }) {
  if (node.stateKind === 'working') return <NodeProgressBar progress={node.progress} />;
  const failed = node.state === 'failed';
  const text = node.state === 'ready' && node.roles.length > 0 ? node.roles.join(', ') : node.stateReason;
  return (
    <Text size="xs" c={failed ? 'var(--hl-failed)' : 'dimmed'} lineClamp={2} mt={4} title={text}>
      {text}
    </Text>
  );
}

/** A node at a glance. The whole card leads to its page. */
export const NodeCard = memo(function NodeCard({ node }: { node: NodeSummary }) {
  return (
    <div role="listitem" className={`surface ${classes.card}`} data-tone={toneOf(node.state)}>
      <Group justify="space-between" wrap="nowrap" gap="xs" h={20}>
        <StateLabel state={node.state} />
        <Group gap={6} wrap="nowrap" c="dimmed">
          {!node.alive && (
            <span title="No heartbeat lately">
              <IconPlugConnectedX size={14} aria-label="No heartbeat lately" />
            </span>
          )}
          <Text size="xs" c="dimmed">
            <Elapsed since={node.stateSince} />
          </Text>
        </Group>
      </Group>
      <Text fw={620} mt={8} truncate title={node.name}>
        <Link href={nodeHref(node.name)} className={classes.link} prefetch={false}>
          {node.name}
        </Link>
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {[node.address ?? node.macs[0] ?? 'no address yet', node.platform]
          .filter((part) => part !== null)
          .join(' · ')}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {hardwareLine(node) || 'inventory not known yet'}
      </Text>
      <div className={classes.detail}>
        <Detail node={node} />
      </div>
    </div>
  );
});
