import type { Metadata } from 'next';
import { Suspense } from 'react';
import { BarclampsPage } from '#components/barclamps/barclamps-page.tsx';

export const metadata: Metadata = { title: 'Barclamps' };

export default function Page() {
  return (
    <Suspense>
      <BarclampsPage />
    </Suspense>
  );
}
