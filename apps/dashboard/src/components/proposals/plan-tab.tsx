'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconListCheck, IconPlayerPlay } from '@tabler/icons-react';
import type { Issue, Plan } from '#lib/api/types.ts';
import { plural } from '#lib/format.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { confirmChange } from '../common/confirm.tsx';
import { Empty } from '../common/empty.tsx';
import { ErrorNote } from '../common/error-note.tsx';
import { Waiting } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { Ago } from '../common/times.tsx';
import { PlanNodeView } from './plan-node.tsx';
import type { ProposalChanges } from './use-proposal-changes.ts';

interface PlanTabProps {
  plan: Plan | null;
  changes: ProposalChanges;
  issues: readonly Issue[];
  dirty: boolean;
}

function summary(plan: Plan): string {
  const nodes = new Set(plan.nodes.map(({ node }) => node)).size;
  if (plan.changes === 0) return `Nothing would change on ${plural(nodes, 'node')}.`;
  return `${plural(plan.changes, 'step')} would change something on ${plural(nodes, 'node')}.`;
}

function PlanView({ plan, changes, dirty }: Omit<PlanTabProps, 'plan'> & { plan: Plan }) {
  const { may } = useSession();
  const unreachable = plan.nodes.filter(({ error }) => error !== null).length;
  const apply = () =>
    confirmChange({
      title: 'Apply this plan?',
      children: `${summary(plan)} Steps check again at the moment they run.`,
      confirm: 'Apply',
      onConfirm: () => changes.commit.mutate(plan.hash),
    });
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{summary(plan)}</Text>
          <Text size="xs" c="dimmed">
            Checked <Ago at={plan.createdAt} />. Plan <span className="mono">{plan.hash.slice(0, 12)}</span>
          </Text>
        </div>
        {may('operator') && (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            onClick={apply}
            loading={changes.commit.isPending}
            disabled={dirty}
            title={dirty ? 'There are edits this plan does not know. Plan again.' : undefined}
          >
            Apply
          </Button>
        )}
      </Group>
      {changes.commit.isError && <ErrorNote error={changes.commit.error} />}
      {unreachable > 0 && (
        <Alert color="orange" title={`${plural(unreachable, 'check')} could not run`}>
          <Text size="sm">Those steps check when the run comes to them.</Text>
        </Alert>
      )}
      {plan.nodes.map((entry) => (
        <PlanNodeView key={`${entry.batch} ${entry.role} ${entry.node}`} entry={entry} />
      ))}
    </Stack>
  );
}

/** What applying would change, node by node. */
export function PlanTab({ plan, changes, issues, dirty }: PlanTabProps) {
  if (changes.plan.isPending) {
    return (
      <Stack gap="xs">
        <Text size="sm" c="dimmed" role="status">
          Running the checks on each node over SSH. Nothing is changed.
        </Text>
        <Waiting />
      </Stack>
    );
  }
  if (plan !== null) return <PlanView plan={plan} changes={changes} issues={issues} dirty={dirty} />;
  return (
    <Section>
      <Empty
        icon={IconListCheck}
        title="No plan yet"
        action={
          <Button onClick={() => changes.plan.mutate()} disabled={issues.length > 0}>
            Make a plan
          </Button>
        }
      >
        {issues.length > 0
          ? 'The draft has problems. Solve them first; they are shown at their fields.'
          : 'A plan runs only the checks on every node, and shows which steps would change what, with the differences of each file.'}
      </Empty>
    </Section>
  );
}
