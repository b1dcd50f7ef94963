'use client';

import { Button, Group } from '@mantine/core';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { api } from '#lib/api/client.ts';
import type { RunDetail } from '#lib/api/types.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { runHref } from '#lib/hrefs.ts';
import { confirmChange } from '../common/confirm.tsx';

const refresh = [['run'], ['runs'], ['proposals'], ['proposal']];

export function RunActions({ run }: { run: RunDetail }) {
  const router = useRouter();
  const cancel = useChange({
    run: () => api.runs.cancel(run.id),
    done: 'Cancelling: steps that are under way finish, no further step starts.',
    refresh,
  });
  const retry = useChange({
    run: () => api.runs.retry(run.id),
    done: 'Trying again what failed or was blocked.',
    refresh,
    onDone: ({ runId }) => router.push(runHref(runId)),
  });
  const askCancel = () =>
    confirmChange({
      title: 'Cancel this run?',
      children: 'Steps that are under way finish; no further step starts. What was changed stays changed.',
      confirm: 'Cancel the run',
      danger: true,
      onConfirm: () => cancel.mutate(),
    });
  return (
    <Group gap="xs">
      {(run.state === 'running' || run.state === 'waiting') && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} />}
          loading={cancel.isPending}
          onClick={askCancel}
        >
          Cancel
        </Button>
      )}
      {(run.state === 'failed' || run.state === 'cancelled') && (
        <Button
          leftSection={<IconRefresh size={16} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          Retry what failed
        </Button>
      )}
    </Group>
  );
}
