import { Text, UnstyledButton } from '@mantine/core';
import type { Boot } from '#lib/api/types.ts';
import { span } from '#lib/format.ts';
import { layoutBoot } from '#lib/timeline/layout.ts';
import { Moment } from '../common/times.tsx';
import classes from './waterfall.module.css';

interface BootStripProps {
  boot: Boot;
  scaleMs: number;
  now: number;
  chosen: boolean;
  onChoose: () => void;
}

/** One boot as a single strip of phases, on the scale of the longest one. */
export function BootStrip({ boot, scaleMs, now, chosen, onChoose }: BootStripProps) {
  const { bars, totalMs } = layoutBoot(boot, now, scaleMs);
  return (
    <UnstyledButton
      className={classes.strip}
      onClick={onChoose}
      aria-pressed={chosen}
      data-chosen={chosen || undefined}
    >
      <Text span size="xs" c="dimmed" className={classes.stripLabel}>
        <Moment at={boot.startedAt} />
        <span>{boot.bootEnv}</span>
      </Text>
      <span className={classes.stripTrack} aria-hidden>
        {bars.map((bar) => (
          <span
            key={`${bar.startMs} ${bar.name}`}
            data-phase={bar.phase}
            className={classes.bar}
            style={{ left: `${bar.leftPercent}%`, width: `${bar.widthPercent}%` }}
          />
        ))}
      </span>
      <Text span size="xs" className={classes.duration}>
        {span(totalMs)}
        {boot.finishedAt === null ? '…' : ''}
      </Text>
    </UnstyledButton>
  );
}
