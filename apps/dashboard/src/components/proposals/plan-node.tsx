import { Group, Text } from '@mantine/core';
import type { PlanNode, PlanStep } from '#lib/api/types.ts';
import { plural } from '#lib/format.ts';
import { Led } from '../common/led.tsx';
import { Section } from '../common/section.tsx';
import { Diff } from './diff.tsx';
import classes from './plan.module.css';

function Step({ step }: { step: PlanStep }) {
  return (
    <li className={classes.step}>
      <Group gap={9} wrap="nowrap" align="baseline">
        <Led tone={step.drift === null ? 'ready' : 'attention'} size={8} />
        <Text size="sm" fw={step.drift === null ? 400 : 600} c={step.drift === null ? 'dimmed' : 'inherit'}>
          {step.name}
        </Text>
        <Text size="sm" c="dimmed">
          {step.drift ?? 'as it should be'}
        </Text>
      </Group>
      {step.diff !== null && step.diff !== '' && <Diff diff={step.diff} />}
    </li>
  );
}

/** One role on one node: each step with its drift. Steps that have nothing to do fold away. */
export function PlanNodeView({ entry }: { entry: PlanNode }) {
  const drifting = entry.steps.filter((step) => step.drift !== null);
  const idle = entry.steps.filter((step) => step.drift === null);
  return (
    <Section
      title={`${entry.node} · ${entry.role}`}
      aside={
        <Text size="xs" c="dimmed">
          batch {entry.batch + 1} · {drifting.length === 0 ? 'no change' : plural(drifting.length, 'change')}
        </Text>
      }
    >
      {entry.error !== null && (
        <Text size="sm" c="var(--hl-failed)">
          {entry.error}
        </Text>
      )}
      <ul className={classes.steps}>
        {drifting.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ul>
      {idle.length > 0 && (
        <details className={classes.idle}>
          <summary>{plural(idle.length, 'step')} with nothing to do</summary>
          <ul className={classes.steps}>
            {idle.map((step) => (
              <Step key={step.name} step={step} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
