import { Group, Text } from '@mantine/core';
import type { Boot } from '#lib/api/types.ts';
import { span } from '#lib/format.ts';
import { type Bar, type Layout, layoutBoot } from '#lib/timeline/layout.ts';
import { phaseLabel } from '#lib/timeline/phases.ts';
import { Section } from '../common/section.tsx';
import classes from './waterfall.module.css';

function Shares({ layout }: { layout: Layout }) {
  return (
    <Group gap="md" mt={4} mb="sm">
      {layout.shares.map(({ phase, durationMs, percent }) => (
        <Group key={phase} gap={6} wrap="nowrap">
          <span className={classes.swatch} data-phase={phase} aria-hidden />
          <Text size="xs">
            {phaseLabel(phase)}{' '}
            <Text span c="dimmed">
              {span(durationMs)} · {Math.round(percent)}%
            </Text>
          </Text>
        </Group>
      ))}
    </Group>
  );
}

function Row({ bar }: { bar: Bar }) {
  return (
    <li className={classes.row}>
      <span className={classes.name}>
        <Text span size="sm" truncate title={bar.name}>
          {bar.name}
        </Text>
        {bar.detail !== null && (
          <Text span size="xs" c="dimmed" truncate title={bar.detail}>
            {bar.detail}
          </Text>
        )}
      </span>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.bar}
          data-phase={bar.phase}
          data-open={bar.open || undefined}
          style={{ left: `${bar.leftPercent}%`, width: `${bar.widthPercent}%` }}
        />
      </span>
      <Text span size="xs" className={classes.duration} title={`begins ${span(bar.startMs)} after the start`}>
        {span(bar.durationMs)}
      </Text>
    </li>
  );
}

function Ruler({ layout }: { layout: Layout }) {
  return (
    <div className={classes.row} aria-hidden>
      <span />
      <span className={classes.ruler}>
        {layout.ticks.map(({ ms, leftPercent }) => (
          <span key={ms} style={{ left: `${leftPercent}%` }}>
            {ms === 0 ? '0' : span(ms).replace(/\.0 s| 0 s$/, (text) => (text === '.0 s' ? ' s' : ''))}
          </span>
        ))}
      </span>
      <span />
    </div>
  );
}

/** Each mark of a boot as a bar until the next mark. */
export function Waterfall({ boot, now }: { boot: Boot; now: number }) {
  const layout = layoutBoot(boot, now);
  return (
    <Section
      title={`Boot of ${new Date(boot.startedAt).toLocaleString()}`}
      aside={
        <Text size="sm" c="dimmed">
          {boot.bootEnv} · {span(layout.totalMs)}
          {boot.finishedAt === null ? ' so far' : ''}
        </Text>
      }
    >
      <Shares layout={layout} />
      <Ruler layout={layout} />
      <ol className={classes.rows} aria-label="Marks of the boot with their durations">
        {layout.bars.map((bar) => (
          <Row key={`${bar.startMs} ${bar.name}`} bar={bar} />
        ))}
      </ol>
    </Section>
  );
}
