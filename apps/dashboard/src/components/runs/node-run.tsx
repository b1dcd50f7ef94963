'use client';

import { Anchor, Collapse, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import type { NodeRun, StepRun } from '#lib/api/types.ts';
import { span } from '#lib/format.ts';
import { nodeHref } from '#lib/hrefs.ts';
import { Led } from '../common/led.tsx';
import { ScrollRegion } from '../common/scroll-region.tsx';
import { ToneLabel } from '../common/state-label.tsx';
import classes from './node-run.module.css';
import { runTones, stepTones } from './run-state.ts';

function StepBar({ steps }: { steps: readonly StepRun[] }) {
  return (
    <span className={classes.bar} aria-hidden>
      {steps.map((step) => (
        <span key={step.id} data-outcome={step.outcome} title={`${step.name}: ${step.outcome}`} />
      ))}
    </span>
  );
}

function StepRow({ step }: { step: StepRun }) {
  const [opened, setOpened] = useState(step.outcome === 'failed');
  const telling = step.output.trim() !== '' || step.drift !== null || step.reason !== '';
  return (
    <li className={classes.step}>
      <UnstyledButton
        className={classes.stepHead}
        onClick={() => setOpened(!opened)}
        disabled={!telling}
        aria-expanded={telling ? opened : undefined}
      >
        <Led tone={stepTones[step.outcome]} size={8} />
        <Text span size="sm" flex={1} truncate>
          {step.name}
        </Text>
        <Text span size="xs" c={step.outcome === 'failed' ? 'var(--hl-failed)' : 'dimmed'}>
          {step.outcome}
        </Text>
        <Text span size="xs" c="dimmed" className={classes.seconds}>
          {step.seconds === null ? '' : span(step.seconds * 1000)}
        </Text>
      </UnstyledButton>
      <Collapse expanded={opened && telling}>
        {step.reason !== '' && (
          <Text size="sm" c="var(--hl-failed)" pl={27} pb={4}>
            {step.reason}
          </Text>
        )}
        {step.drift !== null && (
          <Text size="xs" c="dimmed" pl={27} pb={4}>
            Drift: {step.drift}
          </Text>
        )}
        {step.output.trim() !== '' && (
          <ScrollRegion label={`Output of ${step.name}`} className={classes.output}>
            {step.output}
          </ScrollRegion>
        )}
      </Collapse>
    </li>
  );
}

function interesting(nodeRun: NodeRun): boolean {
  return nodeRun.state === 'running' || nodeRun.state === 'failed';
}

/** One role on one node. Opens by itself while it runs or when it failed. */
export function NodeRunView({ nodeRun }: { nodeRun: NodeRun }) {
  const [choice, setChoice] = useState<boolean | null>(null);
  const opened = choice ?? interesting(nodeRun);
  return (
    <div className={`surface ${classes.nodeRun}`}>
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
          <ToneLabel tone={runTones[nodeRun.state]} label={nodeRun.state} />
          <Text size="sm" truncate>
            <Anchor component={Link} href={nodeHref(nodeRun.node)} fw={600} inherit>
              {nodeRun.node}
            </Anchor>{' '}
            · {nodeRun.kind === 'smoke-test' ? 'smoke test' : nodeRun.role}
          </Text>
        </Group>
        <Group gap="sm" wrap="nowrap">
          <StepBar steps={nodeRun.steps} />
          <Text size="xs" c="dimmed" className={classes.seconds}>
            {nodeRun.seconds === null ? '' : span(nodeRun.seconds * 1000)}
          </Text>
          <UnstyledButton
            onClick={() => setChoice(!opened)}
            aria-expanded={opened}
            aria-label={`Steps of ${nodeRun.role} on ${nodeRun.node}`}
            className={classes.toggle}
            data-opened={opened || undefined}
          >
            <IconChevronDown size={17} />
          </UnstyledButton>
        </Group>
      </Group>
      {nodeRun.reason !== '' && (
        <Text size="sm" c={nodeRun.state === 'failed' ? 'var(--hl-failed)' : 'dimmed'} mt={2}>
          {nodeRun.reason}
        </Text>
      )}
      <Collapse expanded={opened}>
        <ol className={classes.steps}>
          {nodeRun.steps.map((step) => (
            <StepRow key={step.id} step={step} />
          ))}
        </ol>
      </Collapse>
    </div>
  );
}
