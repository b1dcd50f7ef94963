import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ImageError } from './image-error.ts';

export interface CommandOptions {
  /** Called for each line the command writes to standard error. */
  onLine?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  cwd?: string;
  env?: Record<string, string>;
}

const KEPT_LINES = 15;

/** Runs a program without a shell and returns its standard output; a non-zero exit throws with its last words. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return (await runForBytes(program, args, options)).toString('utf8');
}

/** As `runCommand`, for programs whose output is not text. */
export async function runForBytes(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Buffer> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    signal: options.signal,
    ...(options.env ? { env: options.env } : {}),
  });
  const output: Buffer[] = [];
  const lastWords: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastWords.push(line);
    if (lastWords.length > KEPT_LINES) lastWords.shift();
    options.onLine?.(line);
  });
  const exit = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(explainSpawnError(program, error)));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  if (exit !== 0) {
    throw new ImageError(
      'image.command_failed',
      `${program} ended with ${exit}: ${lastWords.join('\n') || 'it said nothing'}`,
    );
  }
  return Buffer.concat(output);
}

function explainSpawnError(program: string, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ENOENT') return error;
  return new ImageError(
    'image.command_missing',
    `${program} is not installed: install the Debian package that holds it`,
    {
      cause: error,
    },
  );
}
