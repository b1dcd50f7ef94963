import type { Boot } from '../api/types.ts';
import { type Phase, phaseOf } from './phases.ts';

/** One bar of the waterfall: from a mark to the next one. */
export interface Bar {
  name: string;
  detail: string | null;
  phase: Phase;
  startMs: number;
  durationMs: number;
  /** The last mark of an unfinished boot: its end is not known yet. */
  open: boolean;
  leftPercent: number;
  widthPercent: number;
}

export interface Layout {
  totalMs: number;
  bars: Bar[];
  ticks: { ms: number; leftPercent: number }[];
  shares: { phase: Phase; durationMs: number; percent: number }[];
}

const steps = [100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5, 72e5];

/** Round distances between grid lines, at most six of them. */
export function tickStep(totalMs: number): number {
  return steps.find((step) => totalMs / step <= 6) ?? Math.ceil(totalMs / 6);
}

function endOf(boot: Boot, now: number): number {
  const started = Date.parse(boot.startedAt);
  const last = Math.max(0, ...boot.marks.map((mark) => mark.offsetMs));
  const end = boot.finishedAt === null ? now - started : Date.parse(boot.finishedAt) - started;
  return Math.max(last, end);
}

/** How long the boot took, or has taken so far. */
export function bootDuration(boot: Boot, now: number): number {
  return endOf(boot, now);
}

function share(bars: readonly Bar[], totalMs: number): Layout['shares'] {
  const sums = new Map<Phase, number>();
  for (const bar of bars) sums.set(bar.phase, (sums.get(bar.phase) ?? 0) + bar.durationMs);
  return [...sums].map(([phase, durationMs]) => ({
    phase,
    durationMs,
    percent: totalMs === 0 ? 0 : (durationMs / totalMs) * 100,
  }));
}

/**
 * Lays out a boot as a waterfall. `scaleMs` sets the width of the whole picture, so that several boots can
 * share one scale; by default the boot's own length. Marks may come in any order.
 */
export function layoutBoot(boot: Boot, now: number, scaleMs?: number): Layout {
  const totalMs = endOf(boot, now);
  const scale = Math.max(1, scaleMs ?? totalMs);
  const marks = boot.marks.toSorted((a, b) => a.offsetMs - b.offsetMs);
  const bars = marks.map((mark, index): Bar => {
    const next = marks[index + 1];
    const durationMs = Math.max(0, (next?.offsetMs ?? totalMs) - mark.offsetMs);
    return {
      name: mark.name,
      detail: mark.detail,
      phase: phaseOf(mark.name),
      startMs: mark.offsetMs,
      durationMs,
      open: next === undefined && boot.finishedAt === null,
      leftPercent: (mark.offsetMs / scale) * 100,
      widthPercent: (durationMs / scale) * 100,
    };
  });
  const step = tickStep(scale);
  const ticks = Array.from({ length: Math.floor(scale / step) + 1 }, (_, index) => ({
    ms: index * step,
    leftPercent: ((index * step) / scale) * 100,
  }));
  return { totalMs, bars, ticks, shares: share(bars, totalMs) };
}
