'use client';

import { Alert, Button, Stack, Tabs, Text } from '@mantine/core';
import { IconAdjustments, IconHistory, IconListCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { BarclampDetail, Plan, ProposalDetail } from '#lib/api/types.ts';
import { useDraft } from '#lib/form/use-draft.ts';
import { DraftTab } from './draft-tab.tsx';
import { PlanTab } from './plan-tab.tsx';
import { ProposalHeader } from './proposal-header.tsx';
import { ProposalRun } from './proposal-run.tsx';
import { RevisionsTab } from './revisions-tab.tsx';
import { useProposalChanges } from './use-proposal-changes.ts';

interface ProposalEditorProps {
  proposal: ProposalDetail;
  barclamp: BarclampDetail;
}

/** Edit → plan → apply → run, on one page. */
export function ProposalEditor({ proposal, barclamp }: ProposalEditorProps) {
  const draft = useDraft(proposal);
  const [tab, setTab] = useState<string | null>('draft');
  const [plan, setPlan] = useState<Plan | null>(null);
  const changes = useProposalChanges(proposal, draft, {
    onPlan: (made) => {
      setPlan(made);
      setTab('plan');
    },
    onCommitted: () => {
      setPlan(null);
      setTab('run');
    },
  });
  return (
    <Stack gap="md" mt="xs">
      <ProposalHeader proposal={proposal} barclamp={barclamp} draft={draft} changes={changes} />
      {draft.overtaken && (
        <Alert color="orange" title="Somebody else has saved this proposal">
          <Text size="sm">
            Your edits started from an older version and cannot be saved over the newer one.
          </Text>
          <Button size="xs" variant="default" mt="xs" onClick={draft.reset}>
            Drop my edits and show the newer version
          </Button>
        </Alert>
      )}
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="draft" leftSection={<IconAdjustments size={16} aria-hidden />}>
            Settings and roles
          </Tabs.Tab>
          <Tabs.Tab value="plan" leftSection={<IconListCheck size={16} aria-hidden />}>
            Plan
          </Tabs.Tab>
          <Tabs.Tab value="run" leftSection={<IconPlayerPlay size={16} aria-hidden />}>
            Last run
          </Tabs.Tab>
          <Tabs.Tab value="history" leftSection={<IconHistory size={16} aria-hidden />}>
            Revisions
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="draft">
          <DraftTab barclamp={barclamp} draft={draft} />
        </Tabs.Panel>
        <Tabs.Panel value="plan">
          <PlanTab plan={plan} changes={changes} issues={draft.issues} dirty={draft.dirty} />
        </Tabs.Panel>
        <Tabs.Panel value="run">
          <ProposalRun runId={proposal.lastRunId} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <RevisionsTab
            proposal={proposal}
            restore={(revision) => {
              draft.restore(revision);
              setTab('draft');
            }}
          />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
