'use client';

import { IconPlayerPlay } from '@tabler/icons-react';
import { Empty } from '../common/empty.tsx';
import { Section } from '../common/section.tsx';
import { RunView } from '../runs/run-view.tsx';

export function ProposalRun({ runId }: { runId: string | null }) {
  if (runId !== null) return <RunView id={runId} embedded />;
  return (
    <Section>
      <Empty icon={IconPlayerPlay} title="Never applied">
        Apply a plan and watch here how each step checks, changes and verifies.
      </Empty>
    </Section>
  );
}
