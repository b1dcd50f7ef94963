'use client';

import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '#lib/api/client.ts';
import type { NewUser as NewUserInput } from '#lib/api/types.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { ErrorNote } from '../common/error-note.tsx';

const roles = [
  { value: 'viewer', label: 'viewer – may look' },
  { value: 'operator', label: 'operator – may run nodes and proposals' },
  { value: 'admin', label: 'admin – may also change users and networks' },
];

export function NewUser({ close }: { close: () => void }) {
  const form = useForm<NewUserInput>({
    initialValues: { username: '', password: '', role: 'viewer' },
    validate: {
      username: (name) =>
        /^[a-z][a-z0-9._-]{0,31}$/.test(name) ? null : 'Lower-case letters, digits, . _ - and a letter first',
      password: (text) => (text.length < 12 ? 'At least 12 characters' : null),
    },
  });
  const create = useChange({
    run: (input: NewUserInput) => api.users.create(input),
    done: (user) => `${user.username} may sign in.`,
    refresh: [['users']],
    onDone: close,
    quiet: true,
  });
  return (
    <Modal opened onClose={close} title="New user">
      <form onSubmit={form.onSubmit((values) => create.mutate(values))} autoComplete="off">
        <Stack gap="sm">
          <TextInput
            label="User name"
            data-autofocus
            autoComplete="off"
            {...form.getInputProps('username')}
          />
          <PasswordInput
            label="First password"
            description="At least 12 characters."
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Select label="Role" data={roles} allowDeselect={false} {...form.getInputProps('role')} />
          {create.isError && <ErrorNote error={create.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
