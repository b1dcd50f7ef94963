'use client';

import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '#lib/api/client.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { ErrorNote } from '../common/error-note.tsx';

export function PasswordForm({ done }: { done: () => void }) {
  const form = useForm({
    initialValues: { current: '', fresh: '', again: '' },
    validate: {
      fresh: (text) => (text.length < 12 ? 'At least 12 characters' : null),
      again: (text, values) => (text === values.fresh ? null : 'The two entries differ'),
    },
  });
  const change = useChange({
    run: (input: typeof form.values) => api.session.changePassword(input.current, input.fresh),
    done: 'The password is changed.',
    onDone: done,
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack gap="sm">
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps('current')}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters; a few words are best."
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps('fresh')}
        />
        <PasswordInput
          label="New password again"
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps('again')}
        />
        {change.isError && <ErrorNote error={change.error} />}
        <Button type="submit" loading={change.isPending} fullWidth>
          Change password
        </Button>
      </Stack>
    </form>
  );
}
