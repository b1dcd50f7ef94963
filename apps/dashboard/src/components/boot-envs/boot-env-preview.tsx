'use client';

import { Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bootEnvPreviewQuery, nodesQuery } from '#lib/queries.ts';
import { QueryView } from '../common/query-view.tsx';
import { ScrollRegion } from '../common/scroll-region.tsx';
import { Section } from '../common/section.tsx';
import classes from './boot-envs.module.css';

function Code({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <ScrollRegion label={title} className={classes.code}>
        {text}
      </ScrollRegion>
    </div>
  );
}

/** The script and install file as one node would get them; tokens are masked. */
export function BootEnvPreview({ name }: { name: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [q] = useDebouncedValue(search, 200);
  const nodes = useInfiniteQuery({
    ...nodesQuery({ state: null, q: q === chosen ? '' : q }),
    placeholderData: (previous) => previous,
  });
  const names = nodes.data?.pages.flatMap((page) => page.items.map((item) => item.name)).slice(0, 100) ?? [];
  const node = chosen ?? names[0] ?? '';
  const preview = useQuery(bootEnvPreviewQuery(name, node));
  return (
    <Section
      title={`Preview of ${name}`}
      aside={
        <Select
          size="xs"
          searchable
          aria-label="Node to preview for"
          placeholder="Node"
          data={names}
          value={node === '' ? null : node}
          onChange={setChosen}
          onSearchChange={setSearch}
          allowDeselect={false}
        />
      }
    >
      {node === '' ? (
        <Text size="sm" c="dimmed">
          A preview needs a node: what is sent depends on its firmware, disk and addresses.
        </Text>
      ) : (
        <QueryView query={preview}>
          {({ script, installFile }) => (
            <Stack gap="md" mt={4}>
              <Code title="iPXE script" text={script} />
              {installFile !== null && <Code title="Install file" text={installFile} />}
            </Stack>
          )}
        </QueryView>
      )}
    </Section>
  );
}
