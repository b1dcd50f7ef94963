'use client';

import { Anchor, Button } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { ProposalSummary } from '#lib/api/types.ts';
import { plural } from '#lib/format.ts';
import { proposalHref, runHref } from '#lib/hrefs.ts';
import { proposalsQuery } from '#lib/queries.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { type Column, DataTable } from '../common/data-table.tsx';
import { Empty } from '../common/empty.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { ToneLabel } from '../common/state-label.tsx';
import { Ago } from '../common/times.tsx';
import { proposalTones } from '../runs/run-state.ts';
import { NewProposal } from './new-proposal.tsx';

const columns: Column<ProposalSummary>[] = [
  {
    header: 'Proposal',
    cell: ({ barclamp, name }) => (
      <Anchor component={Link} href={proposalHref(barclamp, name)} fw={600} size="sm">
        {barclamp} / {name}
      </Anchor>
    ),
  },
  { header: 'State', cell: ({ state }) => <ToneLabel tone={proposalTones[state]} label={state} /> },
  {
    header: 'Revision',
    cell: ({ appliedRevision, draftRevision }) => {
      const applied = appliedRevision === null ? 'never applied' : `r${appliedRevision} applied`;
      return draftRevision === appliedRevision ? applied : `${applied}, draft r${draftRevision}`;
    },
  },
  { header: 'Nodes', cell: ({ nodes }) => plural(nodes.length, 'node') },
  {
    header: 'Last run',
    cell: ({ lastRunId }) =>
      lastRunId === null ? (
        '–'
      ) : (
        <Anchor component={Link} href={runHref(lastRunId)} size="sm">
          show
        </Anchor>
      ),
  },
  { header: 'Changed', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
];

/** The desired state of each barclamp instance. */
export function ProposalsPage() {
  const { may } = useSession();
  const [creating, setCreating] = useState(false);
  const proposals = useQuery(proposalsQuery);
  const create = may('operator') && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      New proposal
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Proposals"
        description="What should run where: edit, look at the plan, apply, watch it proved."
      >
        {create}
      </PageHeader>
      <QueryView query={proposals}>
        {(items) => (
          <Section flush>
            {items.length === 0 ? (
              <Empty icon={IconStack2} title="No proposal yet" action={create}>
                A proposal says how one barclamp should look: its settings, and which nodes take which of its
                roles. Nothing changes on a node before you have seen the plan and applied it.
              </Empty>
            ) : (
              <DataTable label="Proposals" rows={items} rowKey={({ id }) => id} columns={columns} />
            )}
          </Section>
        )}
      </QueryView>
      {creating && <NewProposal close={() => setCreating(false)} />}
    </>
  );
}
