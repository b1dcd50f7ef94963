import type { Scenario } from '../harness/scenario.ts';
import { debianInstaller } from './debian-installer.ts';
import { kill9 } from './kill9/index.ts';
import { rack } from './rack.ts';

/** Every scenario, in the order `npm run e2e -- --list` shows them. */
export const scenarios: readonly Scenario[] = [rack, kill9, debianInstaller];
