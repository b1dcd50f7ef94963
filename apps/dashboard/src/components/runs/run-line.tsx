import { Anchor, Group, Text } from '@mantine/core';
import Link from 'next/link';
import type { RunSummary } from '#lib/api/types.ts';
import { span } from '#lib/format.ts';
import { runHref } from '#lib/hrefs.ts';
import { ToneLabel } from '../common/state-label.tsx';
import { Ago, Elapsed } from '../common/times.tsx';
import classes from '../overview/attention-lists.module.css';
import { runTones } from './run-state.ts';

export function RunDuration({ run }: { run: RunSummary }) {
  if (run.state === 'running' && run.startedAt !== null) return <Elapsed since={run.startedAt} />;
  return run.seconds === null ? '–' : span(run.seconds * 1000);
}

/** Counts of a run's steps by outcome. */
export function RunCounts({ run }: { run: RunSummary }) {
  return (
    <Text span size="xs" c="dimmed">
      {run.changed} changed · {run.unchanged} unchanged
      {run.failed > 0 && (
        <Text span c="var(--hl-failed)">
          {' '}
          · {run.failed} failed
        </Text>
      )}
    </Text>
  );
}

/** A run in a list of few. */
export function RunLine({ run }: { run: RunSummary }) {
  return (
    <div className={classes.entry}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Anchor component={Link} href={runHref(run.id)} fw={600} size="sm" truncate>
          {run.barclamp} / {run.proposal}
          <Text span c="dimmed" fw={400} size="sm">
            {' '}
            r{run.revision}
          </Text>
        </Anchor>
        <ToneLabel tone={runTones[run.state]} label={run.state} />
      </Group>
      <Group justify="space-between" gap="sm">
        <RunCounts run={run} />
        <Text size="xs" c="dimmed">
          <RunDuration run={run} /> · <Ago at={run.createdAt} />
        </Text>
      </Group>
      {run.reason !== '' && (
        <Text size="xs" c={run.state === 'failed' ? 'var(--hl-failed)' : 'dimmed'} lineClamp={2}>
          {run.reason}
        </Text>
      )}
    </div>
  );
}
