'use client';

import { Center, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readSession, sessionKey } from '#lib/session/session-provider.tsx';
import { ErrorNote } from '../common/error-note.tsx';

/** Shown until it is known who is signed in. */
export function StartScreen() {
  const { error, refetch } = useQuery({ queryKey: sessionKey, queryFn: readSession });
  return (
    <Center component="main" mih="100dvh" p="md">
      {error === null ? (
        <Stack align="center" gap="xs">
          <Loader size="sm" />
          <Text size="sm" c="dimmed">
            Asking the server who you are…
          </Text>
        </Stack>
      ) : (
        <ErrorNote error={error} retry={() => void refetch()} />
      )}
    </Center>
  );
}
