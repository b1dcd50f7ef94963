/** What a scenario is given: named cases, progress, and clean-up that always runs. */
export interface ScenarioContext {
  /** One named proof; a throw fails it. Later cases still run unless they need this one's value. */
  case<T>(name: string, prove: () => Promise<T>): Promise<T | undefined>;
  /** As `case`, but the scenario cannot go on without it. */
  must<T>(name: string, prove: () => Promise<T>): Promise<T>;
  /** Runs when the scenario ends, last registered first, also after a failure. */
  onEnd(clean: () => Promise<void> | void): void;
  /** Something worth telling while it runs. */
  say(text: string): void;
  /** Fires at Ctrl-C. */
  signal: AbortSignal;
}

/** One proof of the whole, named by its story. */
export interface Scenario {
  name: string;
  description: string;
  /** Quick ones are part of `npm test`. */
  quick: boolean;
  run(context: ScenarioContext): Promise<void>;
}

export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}
