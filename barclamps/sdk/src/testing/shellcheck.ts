import { spawnSync } from 'node:child_process';

/**
 * What shellcheck has against a POSIX shell script, one finding per line; nothing when it is content. Null when it is
 * not installed.
 */
export function shellcheck(script: string): string | null {
  const { status, stdout, error } = spawnSync('shellcheck', ['-s', 'sh', '-f', 'gcc', '-'], {
    input: script,
    encoding: 'utf8',
  });
  if (error && 'code' in error && error.code === 'ENOENT') return null;
  if (error) throw error;
  return status === 0 ? '' : stdout;
}
