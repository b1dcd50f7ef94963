'use client';

import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { NodeState, NodeSummary } from '#lib/api/types.ts';
import { plural } from '#lib/format.ts';
import { nodeHref, nodesHref } from '#lib/hrefs.ts';
import { nodeStates, stateOrder } from '#lib/nodes/states.ts';
import { nodesQuery } from '#lib/queries.ts';
import { Section } from '../common/section.tsx';
import { StateLabel } from '../common/state-label.tsx';
import { Elapsed } from '../common/times.tsx';
import { NodeProgressBar } from '../nodes/node-progress.tsx';
import classes from './attention-lists.module.css';

const shownPerState = 5;

function Entry({ node }: { node: NodeSummary }) {
  return (
    <div className={classes.entry}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Anchor component={Link} href={nodeHref(node.name)} fw={600} size="sm" truncate>
          {node.name}
        </Anchor>
        <Group gap="sm" wrap="nowrap">
          <StateLabel state={node.state} />
          <Text size="xs" c="dimmed" className={classes.time}>
            <Elapsed since={node.stateSince} />
          </Text>
        </Group>
      </Group>
      <Text size="sm" c="dimmed" lineClamp={2}>
        {node.stateReason} {node.nextAction !== '' && <span className={classes.next}>{node.nextAction}</span>}
      </Text>
      {node.stateKind === 'working' && <NodeProgressBar progress={node.progress} />}
    </div>
  );
}

function StateList({ state }: { state: NodeState }) {
  const { data } = useInfiniteQuery(nodesQuery({ state, q: '' }));
  const items = data?.pages.flatMap((page) => page.items).filter((node) => node.state === state) ?? [];
  const rest = (data?.pages[0]?.counts[state] ?? items.length) - shownPerState;
  return (
    <>
      {items.slice(0, shownPerState).map((node) => (
        <Entry key={node.id} node={node} />
      ))}
      {rest > 0 && (
        <Anchor component={Link} href={nodesHref(state)} size="sm" px="md" py={6} display="block">
          {plural(rest, 'more node')} {state}
        </Anchor>
      )}
    </>
  );
}

const groups: { title: string; none: string; has: (state: NodeState) => boolean }[] = [
  { title: 'Failed', none: 'Nothing has failed.', has: (state) => nodeStates[state].tone === 'failed' },
  {
    title: 'Working now',
    none: 'No node is being worked on.',
    has: (state) => nodeStates[state].tone === 'working',
  },
  {
    title: 'Waiting for you',
    none: 'No node waits for a decision.',
    has: (state) => state === 'discovered' || state === 'allocated' || state === 'rescue',
  },
];

/** What failed, what works, what waits: each with its reason and what comes next. */
export function AttentionLists({ counts }: { counts: Record<string, number> }) {
  return (
    <Stack gap="md">
      {groups.map(({ title, none, has }) => {
        const states = stateOrder.filter((state) => has(state) && (counts[state] ?? 0) > 0);
        return (
          <Section key={title} title={title} flush>
            {states.map((state) => (
              <StateList key={state} state={state} />
            ))}
            {states.length === 0 && (
              <Text size="sm" c="dimmed" px="md" pb="sm">
                {none}
              </Text>
            )}
          </Section>
        );
      })}
    </Stack>
  );
}
