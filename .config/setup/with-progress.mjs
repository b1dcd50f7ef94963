import { endAll } from './command.mjs';
import { Problem } from './problem.mjs';
import { Progress } from './progress.mjs';
import { runSteps } from './steps.mjs';

/** Runs what `plan` lists, showing progress; a problem is told in its own words and exits 1. */
export async function withProgress(lastWords, plan) {
  const progress = new Progress();
  const { signal } = interruption(progress);
  try {
    await runSteps(plan(), progress, signal);
    progress.finish(lastWords);
  } catch (error) {
    progress.stop();
    if (signal.aborted) process.exit(130);
    process.stderr.write(
      error instanceof Problem ? `\n${error.message}\n→ ${error.remedy}\n` : `\n${error.stack}\n`,
    );
    process.exitCode = 1;
  }
}

/** The first Ctrl-C ends what may be ended and lets apt finish; the second does not wait. */
function interruption(progress) {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
      progress.stop();
      process.stderr.write('ending; a running installation of packages is finished first\n');
      endAll();
    });
  }
  return controller;
}
