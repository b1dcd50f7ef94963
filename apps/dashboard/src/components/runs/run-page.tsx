'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { RunView } from './run-view.tsx';

export function RunPage() {
  const id = useSearchParams().get('id') ?? '';
  return (
    <>
      <Anchor component={Link} href="/runs/" size="sm" c="dimmed">
        ← Runs
      </Anchor>
      <RunView id={id} />
    </>
  );
}
