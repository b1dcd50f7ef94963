import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ProposalPage } from '#components/proposals/proposal-page.tsx';

export const metadata: Metadata = { title: 'Proposal' };

export default function Page() {
  return (
    <Suspense>
      <ProposalPage />
    </Suspense>
  );
}
