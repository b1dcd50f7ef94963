import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RunPage } from '#components/runs/run-page.tsx';

export const metadata: Metadata = { title: 'Run' };

export default function Page() {
  return (
    <Suspense>
      <RunPage />
    </Suspense>
  );
}
