'use client';

import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { readSession, sessionKey } from '#lib/session/session-provider.tsx';
import { BrandMark } from '../shell/brand.tsx';
import { PasswordForm } from './password-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Only paths of this dashboard; anything else leads to the overview. */
function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

export function SignInPage() {
  const parameters = useSearchParams();
  const router = useRouter();
  const client = useQueryClient();
  const next = safeNext(parameters.get('next'));
  const wantsChange = parameters.get('change') !== null;
  const { data, isError } = useQuery({ queryKey: sessionKey, queryFn: readSession, retry: false });
  const mustChange = data?.user.mustChangePassword === true;
  const nobody = data === null || isError;
  const signedIn = data !== undefined && data !== null;
  const free = signedIn && !mustChange && !wantsChange;

  useEffect(() => {
    if (free) router.replace(next);
  }, [free, next, router]);

  const refresh = () => client.invalidateQueries({ queryKey: sessionKey });
  const changed = async () => {
    await refresh();
    router.replace(next);
  };

  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper className="surface" w="100%" maw={380} p="xl">
        <Stack gap="lg">
          <Stack gap={6} align="center">
            <BrandMark size={44} />
            <Title order={1}>{signedIn && !free ? 'Choose a new password' : 'Sign in to Halligan'}</Title>
            <Text size="sm" c="dimmed" ta="center">
              {mustChange
                ? 'The first password was printed once and is for one use. Choose your own to go on.'
                : 'Bare machines to a running service, unattended.'}
            </Text>
          </Stack>
          {nobody && <SignInForm done={() => void refresh()} />}
          {signedIn && !free && <PasswordForm done={() => void changed()} />}
        </Stack>
      </Paper>
    </Center>
  );
}
