import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNote } from './error-note.tsx';

export function Waiting({ rows = 4, height = 36 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </Stack>
  );
}

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
  rows?: number;
}

/** Shows an answer, or that it is awaited, or why it did not come. An older answer stays with the error. */
export function QueryView<T>({ query, children, rows = 4 }: QueryViewProps<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isRefetchError && <ErrorNote error={query.error} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ErrorNote error={query.error} retry={() => void query.refetch()} />;
  return <Waiting rows={rows} />;
}
