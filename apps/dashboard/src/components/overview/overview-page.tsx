'use client';

import { Anchor, Grid, Stack } from '@mantine/core';
import { IconServerBolt } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { plural } from '#lib/format.ts';
import { nodesQuery } from '#lib/queries.ts';
import { Empty } from '../common/empty.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { AttentionLists } from './attention-lists.tsx';
import { FleetBar } from './fleet-bar.tsx';
import { RecentRuns } from './recent-runs.tsx';

function FirstSteps() {
  return (
    <Section>
      <Empty
        icon={IconServerBolt}
        title="No nodes yet"
        action={
          <Anchor component={Link} href="/networks/" size="sm">
            Look at the boot network
          </Anchor>
        }
      >
        Connect a machine to the boot network and switch it on with network boot first in its boot order. It
        appears here within seconds, tells what it is, and waits for you to allocate it.
      </Empty>
    </Section>
  );
}

export function OverviewPage() {
  const nodes = useInfiniteQuery(nodesQuery({ state: null, q: '' }));
  const counts = nodes.data?.pages[0]?.counts ?? {};
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          nodes.data === undefined ? 'Reading the fleet…' : `${plural(total, 'node')} under management.`
        }
      />
      <Stack gap="md">
        <QueryView query={nodes} rows={2}>
          {() => (total === 0 ? <FirstSteps /> : <FleetBar counts={counts} total={total} />)}
        </QueryView>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <AttentionLists counts={counts} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <RecentRuns />
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  );
}
