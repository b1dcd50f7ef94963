'use client';

import { Alert, Anchor, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { RunDetail } from '#lib/api/types.ts';
import { proposalHref } from '#lib/hrefs.ts';
import { runQuery } from '#lib/queries.ts';
import { byBatch, runProgress } from '#lib/runs/progress.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { QueryView } from '../common/query-view.tsx';
import { ToneLabel } from '../common/state-label.tsx';
import { Ago } from '../common/times.tsx';
import { NodeRunView } from './node-run.tsx';
import { RunActions } from './run-actions.tsx';
import { RunCounts, RunDuration } from './run-line.tsx';
import { runTones } from './run-state.ts';

function RunTitle({ run, embedded }: { run: RunDetail; embedded: boolean }) {
  if (embedded) return <Title order={2}>Run of revision {run.revision}</Title>;
  return (
    <Title order={1}>
      <Anchor component={Link} href={proposalHref(run.barclamp, run.proposal)} inherit c="inherit">
        {run.barclamp} / {run.proposal}
      </Anchor>
    </Title>
  );
}

function RunHeader({ run, embedded }: { run: RunDetail; embedded: boolean }) {
  const { may } = useSession();
  const { done, total, percent } = runProgress(run.nodeRuns);
  return (
    <section className="surface" style={{ padding: '14px 18px' }}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="md">
            <RunTitle run={run} embedded={embedded} />
            <ToneLabel tone={runTones[run.state]} label={run.state} />
          </Group>
          <Text size="sm" c="dimmed">
            Revision {run.revision} · by {run.createdBy}, <Ago at={run.createdAt} /> ·{' '}
            <RunDuration run={run} /> · <RunCounts run={run} />
          </Text>
        </div>
        {may('operator') && <RunActions run={run} />}
      </Group>
      <Progress
        value={percent}
        size="sm"
        mt="sm"
        color={run.state === 'failed' ? 'red' : run.state === 'succeeded' ? 'teal' : 'halligan'}
        aria-label={`${done} of ${total} steps done`}
      />
      <Text size="xs" c="dimmed" mt={4} role="status">
        {done} of {total} steps decided
      </Text>
      {run.reason !== '' && run.state !== 'succeeded' && (
        <Alert mt="sm" color={run.state === 'failed' ? 'red' : 'gray'} p="xs">
          {run.reason}
        </Alert>
      )}
    </section>
  );
}

/** A run, live: batches from top to bottom, node runs within them, steps within those. */
export function RunView({ id, embedded = false }: { id: string; embedded?: boolean }) {
  const run = useQuery(runQuery(id));
  return (
    <QueryView query={run}>
      {(found) => (
        <Stack gap="md" mt="xs">
          <RunHeader run={found} embedded={embedded} />
          {byBatch(found.nodeRuns).map(({ batch, nodeRuns }) => (
            <section key={batch} aria-label={`Batch ${batch + 1}`}>
              <Text size="xs" fw={600} c="dimmed" mb={6}>
                Batch {batch + 1}
                {nodeRuns.length > 1 && ' · in parallel'}
              </Text>
              <Stack gap="sm">
                {nodeRuns.map((nodeRun) => (
                  <NodeRunView key={nodeRun.id} nodeRun={nodeRun} />
                ))}
              </Stack>
            </section>
          ))}
        </Stack>
      )}
    </QueryView>
  );
}
