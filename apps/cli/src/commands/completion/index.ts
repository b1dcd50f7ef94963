import { type Command, Option } from 'commander';
import { action, type CliEnvironment } from '../../cli.ts';
import { CommandEnded, ExitCode } from '../../exit-code.ts';
import { completeWords } from './complete.ts';
import { SCRIPTS } from './scripts.ts';

/** `halligan completion <shell>` prints a script; the script asks the hidden `__complete` for words. */
export function completionCommands(program: Command, environment: CliEnvironment): void {
  program
    .command('completion')
    .description('shell completion, for example: source <(halligan completion bash)')
    .argument('<shell>', 'bash, zsh or fish')
    .action((shell: string) => {
      const script = SCRIPTS[shell];
      if (script === undefined)
        throw new CommandEnded(ExitCode.usage, `No completion for ${shell}.`, 'bash, zsh or fish.');
      environment.out(script);
    });
  program
    .command('__complete', { hidden: true })
    .allowUnknownOption()
    .passThroughOptions()
    .argument('[words...]')
    .addOption(new Option('--json').hideHelp())
    .action(
      action(environment, async (context, words: string[]) => {
        environment.out((await completeWords(program, words, context)).map((word) => `${word}\n`).join(''));
      }),
    );
}
