import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandEnded, ExitCode } from '../../exit-code.ts';

/** A secret from a file, from standard input (`-`), or typed at the terminal without echo. */
export async function readSecret(
  prompt: string,
  file: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (file !== undefined) return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '');
  if (process.stdin.isTTY !== true) {
    throw new CommandEnded(ExitCode.usage, `${prompt} is needed.`, 'Give it with a --…-file option.');
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(`${prompt}: `);
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question('', { signal });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
