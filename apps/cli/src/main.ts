import { CommanderError } from 'commander';
import type { CliEnvironment } from './cli.ts';
import { readConfig } from './config.ts';
import { ExitCode, exitCodeOf } from './exit-code.ts';
import { Output } from './output/output.ts';
import { createProgram } from './program.ts';

/** Runs one command line and resolves to the exit code of DESIGN §9; never rejects. */
export async function main(
  argv: readonly string[],
  overrides: Partial<CliEnvironment> = {},
): Promise<ExitCode> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const environment: CliEnvironment = {
    config: readConfig(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    signal: interrupt.signal,
    ...overrides,
  };
  try {
    await createProgram(environment).parseAsync([...argv]);
    return ExitCode.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    if (interrupt.signal.aborted) return ExitCode.stillWaiting;
    const { config, out, err } = environment;
    new Output({ json: argv.includes('--json'), colour: config.colour, out, err }).error(error);
    return exitCodeOf(error);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
