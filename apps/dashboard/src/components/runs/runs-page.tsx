'use client';

import { Anchor, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { RunSummary } from '#lib/api/types.ts';
import { runHref } from '#lib/hrefs.ts';
import { runsQuery } from '#lib/queries.ts';
import { type Column, DataTable } from '../common/data-table.tsx';
import { Empty } from '../common/empty.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { ToneLabel } from '../common/state-label.tsx';
import { Ago } from '../common/times.tsx';
import { RunCounts, RunDuration } from './run-line.tsx';
import { runTones } from './run-state.ts';

const columns: Column<RunSummary>[] = [
  {
    header: 'Run of',
    cell: (run) => (
      <Anchor component={Link} href={runHref(run.id)} fw={600} size="sm">
        {run.barclamp} / {run.proposal}
      </Anchor>
    ),
  },
  { header: 'State', cell: ({ state }) => <ToneLabel tone={runTones[state]} label={state} /> },
  { header: 'Revision', cell: ({ revision }) => `r${revision}` },
  { header: 'Steps', cell: (run) => <RunCounts run={run} /> },
  { header: 'Took', cell: (run) => <RunDuration run={run} /> },
  { header: 'By', cell: ({ createdBy }) => createdBy },
  { header: 'Started', cell: ({ createdAt }) => <Ago at={createdAt} /> },
  {
    header: 'Why',
    cell: ({ reason }) => (
      <Text size="sm" c="dimmed" lineClamp={2}>
        {reason}
      </Text>
    ),
  },
];

export function RunsPage() {
  const runs = useQuery(runsQuery(null, 200));
  return (
    <>
      <PageHeader title="Runs" description="Every time a proposal was applied, newest first." />
      <Section flush>
        <QueryView query={runs}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon={IconPlayerPlay} title="Nothing has been applied yet">
                Applying a <Link href="/proposals/">proposal</Link> starts a run: its steps on every node,
                with what each found and changed.
              </Empty>
            ) : (
              <DataTable label="Runs" rows={items} rowKey={({ id }) => id} columns={columns} minWidth={820} />
            )
          }
        </QueryView>
      </Section>
    </>
  );
}
