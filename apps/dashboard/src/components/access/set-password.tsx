'use client';

import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '#lib/api/client.ts';
import type { User } from '#lib/api/types.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { ErrorNote } from '../common/error-note.tsx';

export function SetPassword({ user, close }: { user: User; close: () => void }) {
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (text) => (text.length < 12 ? 'At least 12 characters' : null) },
  });
  const save = useChange({
    run: (input: typeof form.values) => api.users.change(user.id, { password: input.password }),
    done: `The password of ${user.username} is set.`,
    refresh: [['users']],
    onDone: close,
    quiet: true,
  });
  return (
    <Modal opened onClose={close} title={`Password of ${user.username}`}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="sm">
          <PasswordInput
            label="New password"
            data-autofocus
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {save.isError && <ErrorNote error={save.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              Set
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
