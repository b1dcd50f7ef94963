import { endAll } from './command.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title what the person reads
 * @property {string[]} [after] names of the steps that must be done before; absent ones do not matter
 * @property {() => boolean | Promise<boolean>} [needed] false when there is nothing to do
 * @property {(note: (text: string) => void) => Promise<unknown>} run
 */

/**
 * Runs the steps, each as soon as those it waits for are done and beside all others that can run.
 * The first failure ends the programs of the others and is thrown; after `signal` nothing new begins.
 * @param {Step[]} steps
 * @param {import('./progress.mjs').Progress} progress
 * @param {AbortSignal} signal
 */
export async function runSteps(steps, progress, signal) {
  const done = new Map();
  let failure;
  const begin = async (step) => {
    // Only after all have been entered below does each know whom it waits for.
    await null;
    await Promise.all((step.after ?? []).map((name) => done.get(name)));
    if (failure !== undefined || signal.aborted) return;
    try {
      await runStep(step, progress);
    } catch (error) {
      if (failure === undefined && !signal.aborted) progress.failed(step.title);
      failure ??= error;
      endAll();
    }
  };
  for (const step of steps) done.set(step.name, begin(step));
  await Promise.all(done.values());
  signal.throwIfAborted();
  if (failure !== undefined) throw failure;
}

async function runStep(step, progress) {
  if (step.needed !== undefined && !(await step.needed())) return;
  progress.start(step.title);
  await step.run((text) => progress.note(step.title, text));
  progress.done(step.title);
}
