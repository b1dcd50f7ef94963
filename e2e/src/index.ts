export { defineScenario, type Scenario, type ScenarioContext } from './harness/scenario.ts';
