import { endAll } from './command.mjs';
import { Problem } from './problem.mjs';
import { Progress } from './progress.mjs';
import { runSteps } from './steps.mjs';

/** Runs what `plan` lists, showing progress; a problem is told in its own words and exits 1. */
export async function withProgress(lastWords, plan) {
  const progress = new Progress();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      progress.stop();
      endAll();
      process.exit(130);
    });
  }
  try {
    await runSteps(plan(), progress);
    progress.finish(lastWords);
  } catch (error) {
    progress.stop();
    process.stderr.write(
      error instanceof Problem ? `\n${error.message}\n→ ${error.remedy}\n` : `\n${error.stack}\n`,
    );
    process.exitCode = 1;
  }
}
