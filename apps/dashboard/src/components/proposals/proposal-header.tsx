'use client';

import { Button, Group, Menu, Text, Title } from '@mantine/core';
import { IconDeviceFloppy, IconDots, IconListCheck } from '@tabler/icons-react';
import type { BarclampDetail, ProposalDetail } from '#lib/api/types.ts';
import type { DraftState } from '#lib/form/use-draft.ts';
import { plural } from '#lib/format.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { confirmChange } from '../common/confirm.tsx';
import { ToneLabel } from '../common/state-label.tsx';
import { proposalTones } from '../runs/run-state.ts';
import type { ProposalChanges } from './use-proposal-changes.ts';

interface ProposalHeaderProps {
  proposal: ProposalDetail;
  barclamp: BarclampDetail;
  draft: DraftState;
  changes: ProposalChanges;
}

function situation(proposal: ProposalDetail, draft: DraftState): string {
  const revision =
    proposal.appliedRevision === null ? 'Never applied' : `Revision ${proposal.appliedRevision} applied`;
  const edits = draft.dirty ? ', with edits not saved yet' : '';
  const issues = draft.issues.length === 0 ? '' : `, ${plural(draft.issues.length, 'problem')} to solve`;
  return `${revision}${edits}${issues}.`;
}

function Buttons({ proposal, draft, changes }: Omit<ProposalHeaderProps, 'barclamp'>) {
  const askRemove = () =>
    confirmChange({
      title: `Delete ${proposal.barclamp} / ${proposal.name}?`,
      children: 'The proposal and its revisions are deleted. What it put on the nodes stays there.',
      confirm: 'Delete',
      danger: true,
      onConfirm: () => changes.remove.mutate(),
    });
  return (
    <Group gap="xs">
      {draft.dirty && (
        <Button variant="subtle" color="gray" onClick={draft.reset}>
          Drop edits
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconDeviceFloppy size={16} />}
        disabled={!draft.dirty || draft.overtaken}
        loading={changes.save.isPending}
        onClick={() => changes.save.mutate()}
      >
        Save draft
      </Button>
      <Button
        leftSection={<IconListCheck size={16} />}
        disabled={draft.overtaken || draft.validating || draft.issues.length > 0}
        loading={changes.plan.isPending}
        onClick={() => changes.plan.mutate()}
      >
        Plan
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label="More actions">
            <IconDots size={18} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" onClick={askRemove}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

export function ProposalHeader({ proposal, barclamp, draft, changes }: ProposalHeaderProps) {
  const { may } = useSession();
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <div>
        <Group gap="md">
          <Title order={1}>
            {proposal.barclamp} / {proposal.name}
          </Title>
          <ToneLabel tone={proposalTones[proposal.state]} label={proposal.state} />
        </Group>
        <Text size="sm" c="dimmed">
          {barclamp.description}
        </Text>
        <Text size="sm" c="dimmed" role="status">
          {situation(proposal, draft)}
        </Text>
      </div>
      {may('operator') && <Buttons proposal={proposal} draft={draft} changes={changes} />}
    </Group>
  );
}
