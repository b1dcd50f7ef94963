'use client';

import { useElementSize } from '@mantine/hooks';
import { IconServerBolt, IconZoomQuestion } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { NodeSummary } from '#lib/api/types.ts';
import { Empty } from '../common/empty.tsx';
import { NodeCard } from './node-card.tsx';
import classes from './node-list.module.css';
import { NodeTableHead, NodeTableRow } from './node-table.tsx';

interface NodeListProps {
  nodes: readonly NodeSummary[];
  view: 'grid' | 'table';
  filtered: boolean;
  /** Reads the next page; null when there is none or it is under way. */
  loadMore: (() => void) | null;
  stale: boolean;
}

const cardWidth = 262;
const gap = 12;
const rowHeights = { grid: 154 + gap, table: 45 };

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty icon={IconZoomQuestion} title="Nothing fits">
      Search looks at names, addresses, MACs and serial numbers. Take away a filter to see more.
    </Empty>
  ) : (
    <Empty icon={IconServerBolt} title="No nodes yet">
      Connect a machine to the boot network and switch it on with network boot first in its boot order. It
      appears here within seconds.
    </Empty>
  );
}

function semantics(table: boolean, count: number) {
  return table
    ? { role: 'table', 'aria-label': 'Nodes', 'aria-rowcount': count }
    : { role: 'list', 'aria-label': 'Nodes' };
}

/** Only the rows in sight exist in the page, so ten thousand nodes scroll as easily as ten. */
export function NodeList({ nodes, view, filtered, loadMore, stale }: NodeListProps) {
  const { ref, width } = useElementSize();
  const top = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  const columns = view === 'table' ? 1 : Math.max(1, Math.floor((width + gap) / (cardWidth + gap)));
  const rows = Math.ceil(nodes.length / columns);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the table has a head above its rows
  useLayoutEffect(() => {
    const box = top.current?.getBoundingClientRect();
    if (box !== undefined) setOffset(box.top + window.scrollY);
  }, [view]);

  const virtualizer = useWindowVirtualizer({
    count: rows,
    estimateSize: () => rowHeights[view],
    overscan: 6,
    scrollMargin: offset,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height depends on the view
  useEffect(() => virtualizer.measure(), [view, virtualizer]);

  const visible = virtualizer.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (loadMore !== null && last >= rows - 12) loadMore();
  }, [last, rows, loadMore]);

  if (nodes.length === 0) return <Nothing filtered={filtered} />;
  const table = view === 'table';
  return (
    <div
      ref={ref}
      className={table ? `surface ${classes.table}` : classes.grid}
      data-stale={stale || undefined}
      {...semantics(table, nodes.length)}
      aria-busy={stale}
    >
      {table && <NodeTableHead />}
      <div
        ref={top}
        className={classes.canvas}
        style={{ height: virtualizer.getTotalSize() }}
        role="presentation"
      >
        {visible.map((row) => (
          <div
            key={row.key}
            className={classes.row}
            role="presentation"
            style={{
              transform: `translateY(${row.start - offset}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {nodes
              .slice(row.index * columns, (row.index + 1) * columns)
              .map((node) =>
                table ? <NodeTableRow key={node.id} node={node} /> : <NodeCard key={node.id} node={node} />,
              )}
          </div>
        ))}
      </div>
    </div>
  );
}
