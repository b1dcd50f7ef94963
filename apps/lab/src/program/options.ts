import { Command, InvalidArgumentError } from 'commander';
import { MAX_MACHINES } from '../machine/machine-spec.ts';

/** What the person asked of the lab. */
export interface ProgramOptions {
  readonly nodes: number;
  readonly once: boolean;
  readonly json: boolean;
  readonly keep: boolean;
  readonly clean: boolean;
  readonly port: number;
  readonly memory: number;
  readonly bootEnv?: string;
}

/** Reads the command line; wrong use ends the process with 2 and a message. */
export function programOptions(argv: readonly string[]): ProgramOptions {
  const command = new Command('lab')
    .description(
      'An emulated rack with a Halligan server on it: powers machines on, installs them, applies ntp.',
    )
    .option('--nodes <n>', 'machines in the rack, BIOS and UEFI by turns', whole(1, MAX_MACHINES), 2)
    .option('--once', 'end when the job is done instead of staying up', false)
    .option('--json', 'end with one line of JSON on standard output', false)
    .option('--keep', 'leave disks, consoles and server data in place afterwards', false)
    .option('--port <p>', 'of dashboard and API on 127.0.0.1', whole(0, 65_535), 3000)
    .option('--memory <MB>', 'of each machine', whole(256, 65_536), 768)
    .option('--boot-env <name>', 'what to install instead of the default')
    .option('--clean', 'remove what labs that were killed, or kept their files, left behind', false)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  return command.parse(argv, { from: 'user' }).opts<ProgramOptions>();
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}
