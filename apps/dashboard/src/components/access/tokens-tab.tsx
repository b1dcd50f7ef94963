'use client';

import { Button, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '#lib/api/client.ts';
import type { Token } from '#lib/api/types.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { tokensQuery } from '#lib/queries.ts';
import { confirmChange } from '../common/confirm.tsx';
import { type Column, DataTable } from '../common/data-table.tsx';
import { Empty } from '../common/empty.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { Ago, Until } from '../common/times.tsx';
import { NewToken } from './new-token.tsx';

function columnsWith(revoke: (token: Token) => void): Column<Token>[] {
  return [
    {
      header: 'Name',
      cell: ({ name, prefix }) => (
        <>
          <Text span size="sm" fw={600}>
            {name}
          </Text>{' '}
          <span className="mono">{prefix}…</span>
        </>
      ),
    },
    { header: 'Role', cell: ({ role }) => role },
    { header: 'Created', cell: ({ createdAt }) => <Ago at={createdAt} /> },
    {
      header: 'Last used',
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : <Ago at={lastUsedAt} />),
    },
    { header: 'Expires', cell: ({ expiresAt }) => (expiresAt === null ? 'never' : <Until at={expiresAt} />) },
    {
      header: 'Actions',
      hiddenHeader: true,
      align: 'right',
      cell: (token) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          onClick={() => revoke(token)}
          aria-label={`Revoke ${token.name}`}
        >
          Revoke
        </Button>
      ),
    },
  ];
}

export function TokensTab() {
  const tokens = useQuery(tokensQuery);
  const [creating, setCreating] = useState(false);
  const revoke = useChange({
    run: (token: Token) => api.tokens.remove(token.id),
    done: (_, token) => `${token.name} is revoked.`,
    refresh: [['tokens']],
  });
  const askRevoke = (token: Token) =>
    confirmChange({
      title: `Revoke ${token.name}?`,
      children: 'Whatever uses this token is refused from now on.',
      confirm: 'Revoke',
      danger: true,
      onConfirm: () => revoke.mutate(token),
    });
  const create = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
      New token
    </Button>
  );
  return (
    <>
      <Section title="API tokens" flush aside={create}>
        <QueryView query={tokens}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon={IconKey} title="You have no API token">
                The command line makes one for itself with <span className="mono">halligan login</span>. For
                scripts, make one here with no more rights than they need.
              </Empty>
            ) : (
              <DataTable
                label="API tokens"
                rows={items}
                rowKey={({ id }) => id}
                columns={columnsWith(askRevoke)}
              />
            )
          }
        </QueryView>
      </Section>
      {creating && <NewToken close={() => setCreating(false)} />}
    </>
  );
}
