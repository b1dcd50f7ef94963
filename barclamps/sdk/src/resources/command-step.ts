import { type Step, type StepDeclaration, step } from '../step.ts';

/** A step of the author's own commands; use it where no resource fits. */
export function commandStep(declaration: StepDeclaration): Step {
  return step(declaration);
}
