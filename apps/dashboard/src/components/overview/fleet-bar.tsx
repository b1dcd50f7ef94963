import { Group, Stack, Text, UnstyledButton } from '@mantine/core';
import Link from 'next/link';
import { nodesHref } from '#lib/hrefs.ts';
import { nodeStates, stateOrder, toneOf } from '#lib/nodes/states.ts';
import { Led } from '../common/led.tsx';
import { Section } from '../common/section.tsx';
import classes from './fleet-bar.module.css';

/** The fleet as one bar, and a tile for each state that has nodes. */
export function FleetBar({ counts, total }: { counts: Record<string, number>; total: number }) {
  const present = stateOrder.filter((state) => (counts[state] ?? 0) > 0);
  return (
    <Section title="Fleet">
      <Stack gap="md" pt={6}>
        <div className={classes.bar} aria-hidden>
          {present.map((state) => (
            <span
              key={state}
              data-tone={toneOf(state)}
              style={{ flexGrow: (counts[state] ?? 0) / total }}
              title={`${state}: ${counts[state]}`}
            />
          ))}
        </div>
        <Group gap="xs">
          {present.map((state) => (
            <UnstyledButton
              key={state}
              component={Link}
              href={nodesHref(state)}
              className={classes.tile}
              title={nodeStates[state].means}
            >
              <Text fz={22} fw={620} lh={1.1}>
                {(counts[state] ?? 0).toLocaleString()}
              </Text>
              <Group gap={7} wrap="nowrap">
                <Led tone={toneOf(state)} size={8} />
                <Text size="xs" c="dimmed">
                  {state}
                </Text>
              </Group>
            </UnstyledButton>
          ))}
        </Group>
      </Stack>
    </Section>
  );
}
