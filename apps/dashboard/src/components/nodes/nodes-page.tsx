'use client';

import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconLayoutGrid, IconTable } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useQueryState } from '#lib/hooks/use-query-state.ts';
import { isNodeState } from '#lib/nodes/states.ts';
import { nodesQuery } from '#lib/queries.ts';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { NodeFilters } from './node-filters.tsx';
import { NodeList } from './node-list.tsx';

const views = [
  { value: 'grid', label: 'Grid', icon: IconLayoutGrid },
  { value: 'table', label: 'Table', icon: IconTable },
];

function ViewSwitch({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <SegmentedControl
      size="xs"
      value={value}
      onChange={onChange}
      aria-label="View"
      data={views.map(({ value: view, label, icon: Icon }) => ({
        value: view,
        label: (
          <span style={{ display: 'flex' }} title={label}>
            <Icon size={16} aria-hidden />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}

/** Every node, live; filtered and searched on the server. */
export function NodesPage() {
  const [stateText, setState] = useQueryState('state');
  const [q, setQ] = useQueryState('q');
  const [view, setView] = useQueryState('view');
  const [search, setSearch] = useState(q ?? '');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const state = isNodeState(stateText) ? stateText : null;
  const nodes = useInfiniteQuery({
    ...nodesQuery({ state, q: wanted }),
    placeholderData: (previous) => previous,
  });
  const counts = nodes.data?.pages[0]?.counts ?? {};

  const onSearch = (text: string) => {
    setSearch(text);
    setQ(text.trim());
  };
  const shown = view === 'table' ? 'table' : 'grid';
  return (
    <>
      <PageHeader title="Nodes">
        <ViewSwitch value={shown} onChange={(value) => setView(value === 'grid' ? null : value)} />
      </PageHeader>
      <NodeFilters counts={counts} state={state} onState={setState} search={search} onSearch={onSearch} />
      <QueryView query={nodes}>
        {({ pages }) => (
          <NodeList
            nodes={pages.flatMap((page) => page.items)}
            view={shown}
            filtered={state !== null || wanted !== ''}
            loadMore={
              nodes.hasNextPage && !nodes.isFetchingNextPage ? () => void nodes.fetchNextPage() : null
            }
            stale={nodes.isPlaceholderData}
          />
        )}
      </QueryView>
    </>
  );
}
