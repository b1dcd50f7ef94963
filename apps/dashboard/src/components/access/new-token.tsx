'use client';

import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '#lib/api/client.ts';
import type { NewToken as NewTokenInput, Role } from '#lib/api/types.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { ErrorNote } from '../common/error-note.tsx';

function Created({ token, close }: { token: string; close: () => void }) {
  return (
    <Stack gap="sm">
      <Alert color="orange" title="Copy it now">
        <Text size="sm">It is shown this once; only its hash is kept.</Text>
      </Alert>
      <Code block>{token}</Code>
      <Group justify="flex-end">
        <CopyButton value={token}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={close}>Done</Button>
      </Group>
    </Stack>
  );
}

const allRoles: Role[] = ['viewer', 'operator', 'admin'];

export function NewToken({ close }: { close: () => void }) {
  const { may, user } = useSession();
  const form = useForm<{ name: string; role: Role; days: number | string }>({
    initialValues: { name: '', role: user.role, days: 90 },
    validate: { name: (name) => (name.trim() === '' ? 'What will use it?' : null) },
  });
  const create = useChange({
    run: ({ name, role, days }: typeof form.values) => {
      const input: NewTokenInput = { name: name.trim(), role };
      return api.tokens.create(typeof days === 'number' ? { ...input, expiresInDays: days } : input);
    },
    refresh: [['tokens']],
    quiet: true,
  });
  return (
    <Modal opened onClose={close} title="New API token" closeOnClickOutside={create.data === undefined}>
      {create.data === undefined ? (
        <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <Stack gap="sm">
            <TextInput
              label="Name"
              placeholder="backup script"
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Select
              label="Role"
              data={allRoles.filter(may)}
              allowDeselect={false}
              {...form.getInputProps('role')}
            />
            <NumberInput
              label="Expires after days"
              description="Empty: never."
              min={1}
              max={3650}
              {...form.getInputProps('days')}
            />
            {create.isError && <ErrorNote error={create.error} />}
            <Group justify="flex-end">
              <Button type="submit" loading={create.isPending}>
                Create
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Created token={create.data.token} close={close} />
      )}
    </Modal>
  );
}
