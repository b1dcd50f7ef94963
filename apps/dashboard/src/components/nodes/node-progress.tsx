import { Group, Progress, Text } from '@mantine/core';
import type { NodeProgress } from '#lib/api/types.ts';

/** How far the present state has come; without a number the bar only shows that work goes on. */
export function NodeProgressBar({ progress }: { progress: NodeProgress | null }) {
  const percent = progress?.percent ?? null;
  const message = progress?.message ?? '';
  return (
    <div>
      <Progress
        value={percent ?? 100}
        animated={percent === null}
        striped={percent === null}
        size="sm"
        mt={6}
        transitionDuration={300}
        aria-label={message === '' ? 'Progress' : message}
      />
      {(message !== '' || percent !== null) && (
        <Group justify="space-between" wrap="nowrap" gap="xs" mt={3}>
          <Text size="xs" c="dimmed" truncate title={message}>
            {message}
          </Text>
          {percent !== null && (
            <Text size="xs" c="dimmed">
              {percent}%
            </Text>
          )}
        </Group>
      )}
    </div>
  );
}
