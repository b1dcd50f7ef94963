import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { runStandaloneNetboot, type StandaloneNetboot } from './run-standalone-netboot.ts';
import { StandaloneLog } from './standalone-log.ts';

interface Flags {
  readonly interface: string;
  readonly range: { readonly first: string; readonly last: string };
  readonly data: string;
  readonly tftpRoot?: string;
  readonly bootHttpPort: number;
  readonly json?: boolean;
}

/**
 * `halligan netboot --standalone`: runs until SIGINT or SIGTERM. Prints one line when ready, JSON with `--json`. Exit
 * code 2 for a wrong command line, 1 when it cannot start; the reason goes to standard error.
 */
export async function runStandaloneCommand(args: readonly string[]): Promise<void> {
  try {
    const flags = parseFlags(args);
    const write = (line: string) => process.stderr.write(`${line}\n`);
    const log = new StandaloneLog({ write, problemsOnly: flags.json === true });
    const netboot = await runStandaloneNetboot({
      interface: flags.interface,
      range: flags.range,
      dataDir: flags.data,
      tftpRoot: flags.tftpRoot ?? null,
      bootHttpPort: flags.bootHttpPort,
      onEvent: (event) => log.tell(event),
    });
    announce(netboot, flags);
    closeOnSignal(netboot);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`halligan netboot: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

/** Reads the command line; commander has printed what is wrong when this throws a CommanderError. */
export function parseFlags(args: readonly string[]): Flags {
  const command = new Command('halligan netboot')
    .description('DHCP, TFTP and boot HTTP alone, for trials, benches and rescue')
    .requiredOption('--standalone', 'run without api, database and Redis')
    .requiredOption('--interface <name>', 'interface the nodes are on')
    .requiredOption(
      '--range <first-last>',
      'addresses to hand out, such as 10.78.0.100-10.78.0.199',
      parseRange,
    )
    .requiredOption('--data <folder>', 'folder for the lease journal')
    .option('--tftp-root <folder>', 'folder whose files TFTP and boot HTTP serve')
    .option('--boot-http-port <port>', 'port of boot HTTP', parsePort, 8091)
    .option('--json', 'print the ready line as JSON, and only problems besides')
    .exitOverride();
  return command.parse([...args], { from: 'user' }).opts<Flags>();
}

function parseRange(text: string): Flags['range'] {
  const [first, last, ...rest] = text.split('-');
  if (!first || !last || rest.length > 0) {
    throw new InvalidArgumentError('write two addresses with a hyphen between: 10.78.0.100-10.78.0.199');
  }
  return { first, last };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) throw new InvalidArgumentError('write a port from 0 (any) to 65535');
  return port;
}

function announce(
  { url, bootHttp, dataDir }: StandaloneNetboot,
  { json, interface: name, range }: Flags,
): void {
  const human = `DHCP, TFTP and boot HTTP (${bootHttp}) are up on ${name} for ${range.first}-${range.last}`;
  process.stdout.write(`${json ? JSON.stringify({ url, bootHttp, dataDir }) : human}\n`);
}

function closeOnSignal(netboot: StandaloneNetboot): void {
  const stop = () => void netboot.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
