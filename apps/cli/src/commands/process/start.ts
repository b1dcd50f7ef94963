import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CliEnvironment } from '../../cli.ts';
import { CommandEnded, ExitCode } from '../../exit-code.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs another of Halligan's programs in the foreground: signals go to it, its exit code becomes ours. */
export async function startProcess(
  entry: string,
  args: readonly string[],
  _environment: CliEnvironment,
): Promise<void> {
  const path = fileURLToPath(new URL(`../../../../${entry}`, import.meta.url));
  if (!existsSync(path)) {
    throw new CommandEnded(ExitCode.failed, `${path} is not there.`, 'Run `npm run setup` first.');
  }
  const child = spawn(process.execPath, [path, ...args], { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? (signal === null ? 1 : 128)));
  });
  for (const signal of SIGNALS) process.off(signal, forward);
  if (code !== 0) process.exit(code);
}
