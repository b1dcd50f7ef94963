'use client';

import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '#lib/api/client.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { rememberSession } from '#lib/session/session-hint.ts';
import { ErrorNote } from '../common/error-note.tsx';

export function SignInForm({ done }: { done: () => void }) {
  const form = useForm({ initialValues: { username: '', password: '' } });
  const signIn = useChange({
    run: (input: typeof form.values) => api.session.signIn(input.username, input.password),
    onDone: () => {
      rememberSession(true);
      done();
    },
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      <Stack gap="sm">
        <TextInput
          label="User name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps('username')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        {signIn.isError && <ErrorNote error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
