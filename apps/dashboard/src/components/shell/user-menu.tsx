'use client';

import { ActionIcon, Avatar, Menu } from '@mantine/core';
import { IconKey, IconLogout, IconPassword, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { api } from '#lib/api/client.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { rememberSession } from '#lib/session/session-hint.ts';
import { useSession } from '#lib/session/session-provider.tsx';

export function UserMenu() {
  const { user } = useSession();
  const router = useRouter();
  const client = useQueryClient();
  const signOut = useChange({
    run: api.session.signOut,
    onDone: () => {
      rememberSession(false);
      router.replace('/sign-in/');
      client.clear();
    },
  });
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          radius="xl"
          aria-label={`Signed in as ${user.username}`}
        >
          <Avatar size={28} color="halligan" alt="">
            <IconUser size={16} />
          </Avatar>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.username} · {user.role}
        </Menu.Label>
        <Menu.Item component={Link} href="/access/" leftSection={<IconKey size={16} />}>
          My API tokens
        </Menu.Item>
        <Menu.Item component={Link} href="/sign-in/?change=1" leftSection={<IconPassword size={16} />}>
          Change password
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
