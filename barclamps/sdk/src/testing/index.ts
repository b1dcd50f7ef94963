export { FakeNode, outcomes, type RunnerAnswer } from './fake-node.ts';
export { type GoldenCase, goldenCases, type RoleOnNode, rolesOnNodes } from './golden-cases.ts';
export { renderSteps } from './render-steps.ts';
export { shellcheck } from './shellcheck.ts';
