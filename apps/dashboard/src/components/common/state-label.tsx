import { Group, Text } from '@mantine/core';
import { nodeStates, type Tone, toneOf } from '#lib/nodes/states.ts';
import { Led } from './led.tsx';

const toneColors: Record<Tone, string> = {
  ready: 'var(--hl-ready)',
  working: 'var(--hl-working)',
  waiting: 'var(--hl-waiting)',
  failed: 'var(--hl-failed)',
  attention: 'var(--hl-attention)',
  off: 'var(--hl-off)',
};

/** A lamp with its word. */
export function ToneLabel({ tone, label, title }: { tone: Tone; label: string; title?: string }) {
  return (
    <Group gap={8} wrap="nowrap" component="span" {...(title === undefined ? {} : { title })}>
      <Led tone={tone} />
      <Text span size="sm" fw={550} c={toneColors[tone]} style={{ whiteSpace: 'nowrap' }}>
        {label}
      </Text>
    </Group>
  );
}

export function StateLabel({ state }: { state: string }) {
  const means = nodeStates[state as keyof typeof nodeStates]?.means;
  return <ToneLabel tone={toneOf(state)} label={state} {...(means === undefined ? {} : { title: means })} />;
}
