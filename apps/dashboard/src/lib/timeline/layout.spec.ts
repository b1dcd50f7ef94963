import { describe, expect, it } from 'vitest';
import type { Boot } from '../api/types.ts';
import { bootDuration, layoutBoot, tickStep } from './layout.ts';

const started = Date.parse('2026-01-01T00:00:00Z');

function boot(marks: [string, number][], finishedMs: number | null): Boot {
  return {
    id: 'b1',
    bootEnv: 'debian-12',
    startedAt: new Date(started).toISOString(),
    finishedAt: finishedMs === null ? null : new Date(started + finishedMs).toISOString(),
    marks: marks.map(([name, offsetMs]) => ({
      name,
      offsetMs,
      at: new Date(started + offsetMs).toISOString(),
      detail: null,
    })),
  };
}

describe('layoutBoot', () => {
  it('lets each mark last until the next one and the last until the end', () => {
    const { bars, totalMs } = layoutBoot(
      boot(
        [
          ['power-on', 0],
          ['dhcp-discover', 2000],
          ['kernel', 3000],
        ],
        4000,
      ),
      started,
    );
    expect(totalMs).toBe(4000);
    expect(bars.map(({ name, durationMs }) => [name, durationMs])).toEqual([
      ['power-on', 2000],
      ['dhcp-discover', 1000],
      ['kernel', 1000],
    ]);
    expect(bars.map(({ leftPercent, widthPercent }) => [leftPercent, widthPercent])).toEqual([
      [0, 50],
      [50, 25],
      [75, 25],
    ]);
  });

  it('sorts marks that arrived out of order', () => {
    const { bars } = layoutBoot(
      boot(
        [
          ['kernel', 3000],
          ['power-on', 0],
        ],
        4000,
      ),
      started,
    );
    expect(bars.map(({ name }) => name)).toEqual(['power-on', 'kernel']);
  });

  it('grows with the clock while the boot is not finished, its last bar open', () => {
    const running = boot(
      [
        ['power-on', 0],
        ['script', 1000],
      ],
      null,
    );
    const { bars, totalMs } = layoutBoot(running, started + 5000);
    expect(totalMs).toBe(5000);
    expect(bars.at(-1)).toMatchObject({ name: 'script', durationMs: 4000, open: true });
    expect(bars[0]?.open).toBe(false);
  });

  it('ends no earlier than its last mark, even when clocks disagree', () => {
    expect(
      bootDuration(
        boot(
          [
            ['power-on', 0],
            ['first-ssh', 9000],
          ],
          8000,
        ),
        started,
      ),
    ).toBe(9000);
  });

  it('shares add up to the whole from the first mark on', () => {
    const { shares } = layoutBoot(
      boot(
        [
          ['power-on', 0],
          ['partition', 1000],
          ['unpack', 2000],
        ],
        10_000,
      ),
      started,
    );
    expect(shares).toEqual([
      { phase: 'power', durationMs: 1000, percent: 10 },
      { phase: 'install', durationMs: 9000, percent: 90 },
    ]);
  });

  it('uses a given scale, so that boots can be compared', () => {
    const { bars } = layoutBoot(boot([['power-on', 0]], 5000), started, 20_000);
    expect(bars[0]?.widthPercent).toBe(25);
  });

  it('has nothing to show for a boot without marks, and does not divide by zero', () => {
    const { bars, ticks } = layoutBoot(boot([], 0), started);
    expect(bars).toEqual([]);
    expect(ticks.every(({ leftPercent }) => Number.isFinite(leftPercent))).toBe(true);
  });
});

describe('tickStep', () => {
  it.each([
    [550, 100],
    [5000, 1000],
    [77_000, 15_000],
    [930_000, 300_000],
    [90_000_000, 15_000_000],
  ])('of %i ms is %i ms', (total, step) => {
    expect(tickStep(total)).toBe(step);
  });
});
