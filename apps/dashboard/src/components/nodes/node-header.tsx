'use client';

import { Badge, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { NodeDetail } from '#lib/api/types.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { Facts } from '../common/facts.tsx';
import { StateLabel } from '../common/state-label.tsx';
import { Ago, Elapsed, Until } from '../common/times.tsx';
import { NodeActions } from './node-actions.tsx';
import { hardwareLine } from './node-card.tsx';
import classes from './node-header.module.css';
import { NodeProgressBar } from './node-progress.tsx';

const bootWords = { discovery: 'discovery image', 'os-install': 'OS install', local: 'its own disk' };

function Situation({ node }: { node: NodeDetail }) {
  return (
    <div className={classes.situation} data-failed={node.state === 'failed' || undefined}>
      <Group gap="md">
        <StateLabel state={node.state} />
        <Text size="sm" c="dimmed">
          for <Elapsed since={node.stateSince} />
        </Text>
        {node.stateDeadline !== null && (
          <Text size="sm" c="dimmed">
            deadline <Until at={node.stateDeadline} />
          </Text>
        )}
        {node.failedDuring !== null && (
          <Text size="sm" c="var(--hl-failed)">
            while {node.failedDuring}
          </Text>
        )}
      </Group>
      <Text size="sm" mt={6}>
        {node.stateReason}
      </Text>
      {node.nextAction !== '' && (
        <Text size="sm" c="dimmed">
          Next: {node.nextAction}
        </Text>
      )}
      {node.stateKind === 'working' && <NodeProgressBar progress={node.progress} />}
    </div>
  );
}

function factsOf(node: NodeDetail): Record<string, ReactNode> {
  return {
    Address: node.address === null ? null : <span className="mono">{node.address}</span>,
    Power: node.powerState,
    Heartbeat: node.lastSeenAt === null ? 'never' : <Ago at={node.lastSeenAt} />,
    'Next boot': bootWords[node.nextBoot],
    'Boot env': node.bootEnv,
    Platform: node.platform,
    Firmware: node.firmware?.toUpperCase() ?? null,
    Hardware: hardwareLine(node) || null,
  };
}

/** What the node does and why, what comes next, and what may be asked of it. */
export function NodeHeader({ node }: { node: NodeDetail }) {
  const { may } = useSession();
  return (
    <section className={`surface ${classes.header}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1}>{node.name}</Title>
          {node.description !== '' && (
            <Text size="sm" c="dimmed">
              {node.description}
            </Text>
          )}
          <Group gap={6} mt={4}>
            {!node.available && <Badge color="orange">not available for scheduling</Badge>}
            {node.roles.map((role) => (
              <Badge key={role}>{role}</Badge>
            ))}
          </Group>
        </div>
        {may('operator') && <NodeActions node={node} />}
      </Group>
      <Situation node={node} />
      <Facts facts={factsOf(node)} />
    </section>
  );
}
