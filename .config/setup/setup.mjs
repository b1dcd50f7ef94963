// Makes a bare Debian machine ready: `node .config/setup/setup.mjs [lab|test]`. Plain JavaScript without
// dependencies, for nothing is installed yet when it runs. Does only what is missing; safe to run again.
import { buildSteps } from './build-steps.mjs';
import { checkMachine } from './machine-checks.mjs';
import { machineSteps } from './machine-steps.mjs';
import { Problem } from './problem.mjs';
import { withProgress } from './with-progress.mjs';

const purpose = process.argv[2] ?? 'lab';

await withProgress('Set-up is complete', () => {
  if (purpose !== 'lab' && purpose !== 'test') {
    throw new Problem(`'${purpose}' is nothing to set up for`, 'Say lab or test.');
  }
  checkMachine();
  return [...machineSteps(purpose), ...buildSteps];
});
