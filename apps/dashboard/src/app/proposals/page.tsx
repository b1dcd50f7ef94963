import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ProposalsPage } from '#components/proposals/proposals-page.tsx';

export const metadata: Metadata = { title: 'Proposals' };

export default function Page() {
  return (
    <Suspense>
      <ProposalsPage />
    </Suspense>
  );
}
