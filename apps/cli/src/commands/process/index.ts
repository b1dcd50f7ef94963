import type { Command } from 'commander';
import type { CliEnvironment } from '../../cli.ts';
import { startProcess } from './start.ts';

const PROCESSES = [
  [
    'server',
    'server/dist/main.server.js',
    'api, worker and netboot on this machine, with the embedded defaults',
  ],
  [
    'worker',
    'server/dist/main.worker.js',
    'one worker process; DATABASE_URL and REDIS_URL say where the rest is',
  ],
  [
    'netboot',
    'server/dist/main.netboot.js',
    'one netboot process, or with --standalone DHCP, TFTP and boot HTTP alone',
  ],
  ['lab', 'lab/dist/main.js', 'an emulated rack with a server on it'],
] as const;

/** Commands that become another program; every argument after the noun is theirs. */
export function processCommands(program: Command, environment: CliEnvironment): void {
  for (const [name, entry, description] of PROCESSES) {
    program
      .command(name)
      .description(description)
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .passThroughOptions()
      .argument('[arguments...]', `see \`halligan ${name} --help\``)
      .action((args: string[], options: { json?: boolean }) =>
        startProcess(entry, withJson(program, options, args), environment),
      );
  }
}

/** `--json` before or right after the noun is taken by our own parser; the program needs it back. */
function withJson(program: Command, options: { json?: boolean }, args: string[]): string[] {
  const json = options.json === true || program.opts<{ json?: boolean }>().json === true;
  return json ? ['--json', ...args] : args;
}
