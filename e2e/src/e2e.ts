import { runScenario, type Totals } from './harness/run-scenario.ts';
import { scenarios } from './scenarios/index.ts';

class UsageError extends Error {}

/** `npm run e2e -- <scenario…>`; `--list` names them, `--quick` runs those that belong to `npm test`. */
export async function runByName(args: readonly string[], signal: AbortSignal): Promise<Totals> {
  const chosen = args.includes('--quick')
    ? scenarios.filter((scenario) => scenario.quick)
    : args.map((name) => {
        const found = scenarios.find((scenario) => scenario.name === name);
        if (found === undefined) throw new UsageError(`no scenario ${name}; there are: ${names()}`);
        return found;
      });
  if (chosen.length === 0) throw new UsageError(`name a scenario: ${names()}`);
  const totals: Totals = { passed: 0, failed: 0 };
  for (const scenario of chosen) {
    const { passed, failed } = await runScenario(scenario, signal);
    totals.passed += passed;
    totals.failed += failed;
  }
  return totals;
}

function names(): string {
  return scenarios.map((scenario) => scenario.name).join(', ');
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--list')) {
    for (const { name, quick, description } of scenarios) {
      process.stdout.write(`${name}${quick ? ' (in npm test)' : ''}: ${description}\n`);
    }
    return;
  }
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const { passed, failed } = await runByName(args, interrupt.signal);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
