'use client';

import { Anchor } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { runsQuery } from '#lib/queries.ts';
import { Empty } from '../common/empty.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { RunLine } from '../runs/run-line.tsx';

export function RecentRuns() {
  const runs = useQuery(runsQuery(null, 8));
  return (
    <Section
      title="Runs"
      flush
      aside={
        <Anchor component={Link} href="/runs/" size="sm">
          All runs
        </Anchor>
      }
    >
      <QueryView query={runs}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconPlayerPlay} title="Nothing has been applied yet">
              Once a node is ready, give it a role in a <Link href="/proposals/">proposal</Link>, look at the
              plan and apply it. The run shows up here, step by step.
            </Empty>
          ) : (
            items.map((run) => <RunLine key={run.id} run={run} />)
          )
        }
      </QueryView>
    </Section>
  );
}
