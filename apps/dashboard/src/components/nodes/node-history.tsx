'use client';

import { Group, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { NodeDetail, StateChange } from '#lib/api/types.ts';
import { span } from '#lib/format.ts';
import { toneOf } from '#lib/nodes/states.ts';
import { nodeHistoryQuery } from '#lib/queries.ts';
import { Led } from '../common/led.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { Moment } from '../common/times.tsx';

/** How long the state lasted that each change began; null for the present one. */
function lasted(changes: readonly StateChange[], index: number): string | null {
  const change = changes[index];
  const next = changes[index - 1];
  if (change === undefined || next === undefined) return null;
  return span(Date.parse(next.at) - Date.parse(change.at));
}

/** Every change of state, newest first, with who or what caused it. */
export function NodeHistory({ node }: { node: NodeDetail }) {
  const history = useQuery(nodeHistoryQuery(node.id));
  return (
    <Section title="State history">
      <QueryView query={history}>
        {(items) => {
          const changes = items.toSorted((a, b) => b.id - a.id);
          return (
            <Timeline bulletSize={18} lineWidth={1} mt="sm">
              {changes.map((change, index) => (
                <Timeline.Item
                  key={change.id}
                  bullet={<Led tone={toneOf(change.to)} size={8} />}
                  title={
                    <Group gap="xs">
                      <Text size="sm" fw={600}>
                        {change.to}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {change.event} · <Moment at={change.at} /> · {change.actor}
                        {lasted(changes, index) !== null && ` · lasted ${lasted(changes, index)}`}
                      </Text>
                    </Group>
                  }
                >
                  <Text size="sm" c="dimmed">
                    {change.reason}
                  </Text>
                </Timeline.Item>
              ))}
            </Timeline>
          );
        }}
      </QueryView>
    </Section>
  );
}
