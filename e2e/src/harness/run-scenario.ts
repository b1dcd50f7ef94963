import type { Scenario, ScenarioContext } from './scenario.ts';

export interface Totals {
  passed: number;
  failed: number;
}

class ScenarioCannotGoOn extends Error {}

/** Runs one scenario to its end and counts its cases; a throw outside a case counts as one failure. */
export async function runScenario(scenario: Scenario, signal: AbortSignal): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0 };
  const cleanUps: (() => Promise<void> | void)[] = [];
  const started = Date.now();
  say(`\n${scenario.name}: ${scenario.description}`);
  try {
    await scenario.run(contextOf(totals, cleanUps, started, signal));
  } catch (error) {
    if (!(error instanceof ScenarioCannotGoOn)) fail(totals, 'outside a case', error);
  }
  for (const clean of cleanUps.reverse()) {
    try {
      await clean();
    } catch (error) {
      fail(totals, 'clean-up', error);
    }
  }
  say(`  ${scenario.name}: ${totals.passed} passed, ${totals.failed} failed in ${seconds(started)}`);
  return totals;
}

function contextOf(
  totals: Totals,
  cleanUps: (() => Promise<void> | void)[],
  started: number,
  signal: AbortSignal,
): ScenarioContext {
  const attempt = async <T>(name: string, prove: () => Promise<T>): Promise<T | undefined> => {
    const at = Date.now();
    try {
      const value = await prove();
      totals.passed += 1;
      say(`  ok   ${name} (${seconds(at)})`);
      return value;
    } catch (error) {
      fail(totals, name, error);
      return undefined;
    }
  };
  return {
    case: attempt,
    must: async (name, prove) => {
      const before = totals.failed;
      const value = await attempt(name, prove);
      if (totals.failed > before) throw new ScenarioCannotGoOn();
      return value as Awaited<ReturnType<typeof prove>>;
    },
    onEnd: (clean) => {
      cleanUps.push(clean);
    },
    say: (text) => say(`       ${text} (+${seconds(started)})`),
    signal,
  };
}

function fail(totals: Totals, name: string, error: unknown): void {
  totals.failed += 1;
  say(`  FAIL ${name}\n${error instanceof Error ? error.stack : String(error)}`);
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
