'use client';

import { Badge, Button, Group, Menu, Select, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '#lib/api/client.ts';
import type { Role, User, UserChange } from '#lib/api/types.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { usersQuery } from '#lib/queries.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { confirmChange } from '../common/confirm.tsx';
import { type Column, DataTable } from '../common/data-table.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { Ago } from '../common/times.tsx';
import { NewUser } from './new-user.tsx';
import { SetPassword } from './set-password.tsx';

const roles: Role[] = ['viewer', 'operator', 'admin'];

function useUserChanges() {
  const change = useChange({
    run: ({ user, next }: { user: User; next: UserChange }) => api.users.change(user.id, next),
    done: (_, { user }) => `${user.username} is changed.`,
    refresh: [['users']],
  });
  const remove = useChange({
    run: (user: User) => api.users.remove(user.id),
    done: (_, user) => `${user.username} is deleted.`,
    refresh: [['users']],
  });
  const askRemove = (user: User) =>
    confirmChange({
      title: `Delete ${user.username}?`,
      children: 'Their sessions and tokens end at once. The audit log keeps their name.',
      confirm: 'Delete',
      danger: true,
      onConfirm: () => remove.mutate(user),
    });
  return { change: (user: User, next: UserChange) => change.mutate({ user, next }), askRemove };
}

interface RowActionsProps {
  user: User;
  self: boolean;
  changes: ReturnType<typeof useUserChanges>;
  onPassword: () => void;
}

function RowActions({ user, self, changes, onPassword }: RowActionsProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={`Change ${user.username}`}>
          Change
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onPassword}>Set a password…</Menu.Item>
        <Menu.Item disabled={self} onClick={() => changes.change(user, { disabled: !user.disabled })}>
          {user.disabled ? 'Enable' : 'Disable'}
        </Menu.Item>
        <Menu.Item color="red" disabled={self} onClick={() => changes.askRemove(user)}>
          Delete…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function UsersTab() {
  const { user: me } = useSession();
  const users = useQuery(usersQuery);
  const changes = useUserChanges();
  const [creating, setCreating] = useState(false);
  const [passwordOf, setPasswordOf] = useState<User | null>(null);
  const columns: Column<User>[] = [
    {
      header: 'User',
      cell: ({ username, disabled, mustChangePassword }) => (
        <Group gap={8}>
          <Text size="sm" fw={600}>
            {username}
          </Text>
          {disabled && <Badge color="gray">disabled</Badge>}
          {mustChangePassword && <Badge color="orange">must choose a password</Badge>}
        </Group>
      ),
    },
    {
      header: 'Role',
      width: 170,
      cell: (user) => (
        <Select
          size="xs"
          data={roles}
          value={user.role}
          aria-label={`Role of ${user.username}`}
          allowDeselect={false}
          disabled={user.id === me.id}
          onChange={(role) => {
            if (role !== null && role !== user.role) changes.change(user, { role: role as Role });
          }}
        />
      ),
    },
    { header: 'Created', cell: ({ createdAt }) => <Ago at={createdAt} /> },
    {
      header: 'Actions',
      hiddenHeader: true,
      align: 'right',
      cell: (user) => (
        <RowActions
          user={user}
          self={user.id === me.id}
          changes={changes}
          onPassword={() => setPasswordOf(user)}
        />
      ),
    },
  ];
  return (
    <>
      <Section
        title="Users"
        flush
        aside={
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
            New user
          </Button>
        }
      >
        <QueryView query={users}>
          {(items) => <DataTable label="Users" rows={items} rowKey={({ id }) => id} columns={columns} />}
        </QueryView>
      </Section>
      {creating && <NewUser close={() => setCreating(false)} />}
      {passwordOf !== null && <SetPassword user={passwordOf} close={() => setPasswordOf(null)} />}
    </>
  );
}
