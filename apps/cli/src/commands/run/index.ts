import type { Command } from 'commander';
import { action, type CliEnvironment } from '../../cli.ts';
import { followRun } from './follow.ts';
import { cancelRun, listRuns, retryRun, showRun } from './verbs.ts';

const RUN = 'id of a run';

export function runCommands(program: Command, environment: CliEnvironment): void {
  const run = program.command('run').description('what commits did on the nodes');
  run.command('list').description('the latest runs').action(action(environment, listRuns));
  run
    .command('show')
    .description('one run, with its steps')
    .argument('<run>', RUN)
    .option('-f, --follow', 'stay until it has ended; exit 1 when it failed')
    .option('--timeout <seconds>', 'with --follow, then exit with 6', '3600')
    .action(
      action(environment, (context, id: string, options: { follow?: boolean; timeout: string }) =>
        options.follow === true ? followRun(context, id, options) : showRun(context, id),
      ),
    );
  run
    .command('cancel')
    .description('stop a run')
    .argument('<run>', RUN)
    .action(action(environment, cancelRun));
  run
    .command('retry')
    .description('run again what failed')
    .argument('<run>', RUN)
    .action(action(environment, retryRun));
}
