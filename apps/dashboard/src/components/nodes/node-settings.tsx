'use client';

import { SimpleGrid } from '@mantine/core';
import type { NodeDetail } from '#lib/api/types.ts';
import { BmcForm } from './bmc-form.tsx';
import { NodeForm } from './node-form.tsx';

export function NodeSettings({ node }: { node: NodeDetail }) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" style={{ alignItems: 'start' }}>
      <NodeForm key={`${node.id} ${node.name}`} node={node} />
      <BmcForm node={node} />
    </SimpleGrid>
  );
}
