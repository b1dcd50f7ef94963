'use client';

import { Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTitle } from '#lib/hooks/use-title.ts';
import { nodeQuery } from '#lib/queries.ts';
import { QueryView } from '../common/query-view.tsx';
import { NodeHeader } from './node-header.tsx';
import { NodeTabs } from './node-tabs.tsx';

export function NodePage() {
  const name = useSearchParams().get('name') ?? '';
  const node = useQuery(nodeQuery(name));
  useTitle(node.data?.name ?? name);
  return (
    <>
      <Anchor component={Link} href="/nodes/" size="sm" c="dimmed">
        ← Nodes
      </Anchor>
      <QueryView query={node}>
        {(found) => (
          <Stack gap="md" mt="xs">
            <NodeHeader node={found} />
            <NodeTabs node={found} />
          </Stack>
        )}
      </QueryView>
    </>
  );
}
