'use client';

import { Tabs } from '@mantine/core';
import { useQueryState } from '#lib/hooks/use-query-state.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { TokensTab } from './tokens-tab.tsx';
import { UsersTab } from './users-tab.tsx';

export function AccessPage() {
  const { may } = useSession();
  const [text, setTab] = useQueryState('tab');
  const tab = text === 'users' && may('admin') ? 'users' : 'tokens';
  return (
    <>
      <PageHeader
        title="Users and tokens"
        description="People sign in with a password; programs use API tokens."
      />
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="tokens">My tokens</Tabs.Tab>
          {may('admin') && <Tabs.Tab value="users">Users</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="tokens">
          <TokensTab />
        </Tabs.Panel>
        <Tabs.Panel value="users">
          <UsersTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
