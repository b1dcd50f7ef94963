import type { Scenario } from '../harness/scenario.ts';

/** Every scenario, in the order `npm run e2e -- --list` shows them. */
export const scenarios: readonly Scenario[] = [];
