import type { Metadata } from 'next';
import { Suspense } from 'react';
import { BootEnvsPage } from '#components/boot-envs/boot-envs-page.tsx';

export const metadata: Metadata = { title: 'Boot envs' };

export default function Page() {
  return (
    <Suspense>
      <BootEnvsPage />
    </Suspense>
  );
}
