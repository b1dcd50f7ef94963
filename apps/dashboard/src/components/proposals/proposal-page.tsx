'use client';

import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTitle } from '#lib/hooks/use-title.ts';
import { barclampQuery, proposalQuery } from '#lib/queries.ts';
import { QueryView } from '../common/query-view.tsx';
import { ProposalEditor } from './proposal-editor.tsx';

export function ProposalPage() {
  const parameters = useSearchParams();
  const barclamp = parameters.get('barclamp') ?? '';
  const name = parameters.get('name') ?? 'default';
  const proposal = useQuery(proposalQuery(barclamp, name));
  const description = useQuery(barclampQuery(barclamp));
  useTitle(`${barclamp} / ${name}`);
  return (
    <>
      <Anchor component={Link} href="/proposals/" size="sm" c="dimmed">
        ← Proposals
      </Anchor>
      <QueryView query={proposal}>
        {(found) => (
          <QueryView query={description}>
            {(about) => <ProposalEditor key={found.id} proposal={found} barclamp={about} />}
          </QueryView>
        )}
      </QueryView>
    </>
  );
}
