// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight do not exist, so a real table or list cannot hold them
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and headers are read, not operated
import { Text } from '@mantine/core';
import Link from 'next/link';
import { memo } from 'react';
import type { NodeSummary } from '#lib/api/types.ts';
import { nodeHref } from '#lib/hrefs.ts';
import { StateLabel } from '../common/state-label.tsx';
import { Elapsed } from '../common/times.tsx';
import { hardwareLine } from './node-card.tsx';
import classes from './node-table.module.css';

const headers = ['Name', 'State', 'For', 'Address', 'Hardware', 'What and why'];

export function NodeTableHead() {
  return (
    <div role="row" className={`${classes.row} ${classes.head}`}>
      {headers.map((header) => (
        <span key={header} role="columnheader">
          {header}
        </span>
      ))}
    </div>
  );
}

function why(node: NodeSummary): string {
  if (node.progress === null) return node.stateReason;
  const percent = node.progress.percent === null ? '' : `${node.progress.percent}% `;
  return `${percent}${node.progress.message}`;
}

export const NodeTableRow = memo(function NodeTableRow({ node }: { node: NodeSummary }) {
  return (
    <div role="row" className={classes.row}>
      <Text span role="cell" size="sm" fw={600} truncate>
        <Link href={nodeHref(node.name)} className="plain-link" prefetch={false}>
          {node.name}
        </Link>
      </Text>
      <span role="cell">
        <StateLabel state={node.state} />
      </span>
      <Text span role="cell" size="sm" c="dimmed">
        <Elapsed since={node.stateSince} />
      </Text>
      <span role="cell" className="mono">
        {node.address ?? '–'}
      </span>
      <Text span role="cell" size="sm" c="dimmed" truncate>
        {hardwareLine(node) || '–'}
      </Text>
      <Text span role="cell" size="sm" c="dimmed" truncate title={why(node)}>
        {why(node)}
      </Text>
    </div>
  );
});
