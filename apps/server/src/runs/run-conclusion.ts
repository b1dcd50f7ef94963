import type { RunState } from './run.dto.ts';
import type { RunFacts } from './run-facts.ts';

/** How a run ended whose node runs have all ended. */
export function conclusion(
  { cancelledBy }: Pick<RunFacts, 'cancelledBy'>,
  counts: ReadonlyMap<string, number>,
): { state: RunState; reason: string } {
  const failed = counts.get('failed') ?? 0;
  const blocked = counts.get('blocked') ?? 0;
  const behind = blocked === 0 ? '' : `, and ${blocked} did not begin because of that`;
  if (cancelledBy !== null) return { state: 'cancelled', reason: `Cancelled by ${cancelledBy}.` };
  if (failed > 0) return { state: 'failed', reason: `${failed} of ${total(counts)} parts failed${behind}.` };
  return { state: 'succeeded', reason: '' };
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
