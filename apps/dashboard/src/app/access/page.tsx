import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AccessPage } from '#components/access/access-page.tsx';

export const metadata: Metadata = { title: 'Users and tokens' };

export default function Page() {
  return (
    <Suspense>
      <AccessPage />
    </Suspense>
  );
}
