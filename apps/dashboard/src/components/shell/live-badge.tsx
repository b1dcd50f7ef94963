'use client';

import { Group, Text, Tooltip } from '@mantine/core';
import { useLiveStatus } from '#lib/live/live-provider.tsx';
import type { Tone } from '#lib/nodes/states.ts';
import { Led } from '../common/led.tsx';

const looks: Record<ReturnType<typeof useLiveStatus>, { tone: Tone; label: string; tip: string }> = {
  connecting: { tone: 'waiting', label: 'Connecting', tip: 'Opening the event stream.' },
  live: { tone: 'ready', label: 'Live', tip: 'Connected: the page changes by itself, within a second.' },
  lost: {
    tone: 'failed',
    label: 'Reconnecting',
    tip: 'The event stream broke. Trying again; until then the page reads every 10 seconds.',
  },
};

export function LiveBadge() {
  const { tone, label, tip } = looks[useLiveStatus()];
  return (
    <Tooltip label={tip} multiline maw={260}>
      <Group gap={6} px={8} wrap="nowrap" role="status" aria-live="polite" tabIndex={0}>
        <Led tone={tone} />
        <Text size="xs" c="dimmed" visibleFrom="xs">
          {label}
        </Text>
      </Group>
    </Tooltip>
  );
}
