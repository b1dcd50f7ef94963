import { Command } from 'commander';
import type { CliEnvironment } from './cli.ts';
import { auditCommands } from './commands/audit/index.ts';
import { barclampCommands } from './commands/barclamp/index.ts';
import { bootEnvCommands } from './commands/boot-env/index.ts';
import { completionCommands } from './commands/completion/index.ts';
import { eventsCommand } from './commands/events/index.ts';
import { networkCommands } from './commands/network/index.ts';
import { nodeCommands } from './commands/node/index.ts';
import { processCommands } from './commands/process/index.ts';
import { proposalCommands } from './commands/proposal/index.ts';
import { runCommands } from './commands/run/index.ts';
import { sessionCommands } from './commands/session/index.ts';
import { systemCommand } from './commands/system/index.ts';
import { tokenCommands } from './commands/token/index.ts';
import { userCommands } from './commands/user/index.ts';

/** The whole command tree, `halligan <noun> <verb>`. */
export function createProgram(environment: CliEnvironment): Command {
  const program = new Command('halligan')
    .description(
      'From the power button to a running cloud: boots, discovers, installs and configures machines.',
    )
    .version('0.1.0')
    .option('--json', 'answer with JSON, for scripts')
    .showHelpAfterError('Run with --help to see what is possible.')
    .enablePositionalOptions()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 not allowed, 6 still waiting',
    );
  for (const register of [
    sessionCommands,
    nodeCommands,
    barclampCommands,
    proposalCommands,
    runCommands,
    networkCommands,
    bootEnvCommands,
    tokenCommands,
    userCommands,
    auditCommands,
    eventsCommand,
    systemCommand,
    processCommands,
    completionCommands,
  ]) {
    register(program, environment);
  }
  return withJsonEverywhere(program, environment);
}

/** `--json` may stand before or after the verb; both mean the same. */
function withJsonEverywhere(command: Command, environment: CliEnvironment): Command {
  command.configureOutput({ writeOut: environment.out, writeErr: environment.err }).exitOverride();
  for (const child of command.commands) {
    if (child.commands.length === 0 && !child.options.some((option) => option.long === '--json')) {
      child.option('--json', 'answer with JSON, for scripts');
    }
    withJsonEverywhere(child, environment);
  }
  return command;
}
