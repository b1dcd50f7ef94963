import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The proxy apt itself uses on this machine for http, or null. */
export async function adminAptProxy(): Promise<string | null> {
  const { stdout } = await run('apt-config', ['dump', '--format', '%f=%v%n', 'Acquire::http::Proxy'], {
    timeout: 10_000,
  });
  const value = /^Acquire::http::Proxy=(.*)$/m.exec(stdout)?.[1]?.trim() ?? '';
  return value === '' || value === 'DIRECT' ? null : value;
}
