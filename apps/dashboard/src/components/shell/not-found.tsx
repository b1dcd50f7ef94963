'use client';

import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import Link from 'next/link';
import { Empty } from '../common/empty.tsx';
import { PageHeader } from '../common/page-header.tsx';

export function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <Empty
        icon={IconMapOff}
        title="There is no such page"
        action={
          <Button component={Link} href="/" variant="default">
            To the overview
          </Button>
        }
      >
        The address may be mistyped, or the page was renamed. Ctrl K finds every page, node and proposal.
      </Empty>
    </>
  );
}
