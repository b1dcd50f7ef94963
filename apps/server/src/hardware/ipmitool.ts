import { spawn } from 'node:child_process';
import { type BmcAccess, BmcError } from './bmc.ts';
import { ipmiError } from './ipmi-errors.ts';

export interface IpmitoolOptions {
  /** Milliseconds after which the command is killed. */
  timeout?: number;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/**
 * Runs one ipmitool command and answers its output.
 *
 * `-C 3`: without it ipmitool 1.8.19 first tries cipher suite 17, and waits 10 s where that is missing.
 * The password travels in the environment, which only root can read, never in the argument list.
 */
export function ipmitool(
  access: BmcAccess,
  command: readonly string[],
  options: IpmitoolOptions = {},
): Promise<string> {
  const name = `${access.address}:${access.port}`;
  const timeout = options.timeout ?? DEFAULT_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const child = spawn('ipmitool', [...connectionArguments(access), ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', IPMITOOL_PASSWORD: access.password },
    });
    const output = collect(child.stdout);
    const words = collect(child.stderr);
    child.on('error', (error) => reject(spawnError(error)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output());
      else if (signal === 'SIGKILL') reject(timeoutError(name, timeout));
      else reject(ipmiError(name, words() || output()));
    });
  });
}

/** `-v` once makes ipmitool say why a session was refused; `-N 2 -R 2` gives up after twelve seconds of silence. */
function connectionArguments(access: BmcAccess): string[] {
  const target = ['-H', access.address, '-p', String(access.port), '-U', access.username, '-E'];
  return ['-v', '-I', 'lanplus', '-C', '3', '-N', '2', '-R', '2', ...target];
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = [];
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}

function spawnError(error: NodeJS.ErrnoException): BmcError {
  if (error.code !== 'ENOENT') return new BmcError('bmc.failed', `ipmitool: ${error.message}`, 'Try again.');
  return new BmcError(
    'bmc.tool_missing',
    'ipmitool is not installed on this machine.',
    'Install the package ipmitool where the worker runs.',
  );
}

function timeoutError(name: string, timeout: number): BmcError {
  return new BmcError(
    'bmc.timeout',
    `The BMC at ${name} did not finish within ${timeout / 1000} s.`,
    'Try again; a BMC that stays slow may need a reset.',
  );
}
