import { readFileSync } from 'node:fs';
import { bootEnvs, findBootEnv } from '@halligan/pxe/boot-envs';
import { ProblemError } from '../shared/problem.error.ts';

/** How a boot env puts an operating system on a disk. */
export type InstallsBy = 'image' | 'installer';

export function installsBy(bootEnv: string | null): InstallsBy {
  const kind = bootEnv === null ? undefined : findBootEnv(bootEnv)?.kind;
  return kind === 'installer' ? 'installer' : 'image';
}

/** Throws when there is no boot env of that name that installs an operating system. */
export function requireInstallingBootEnv(name: string): void {
  const installing = bootEnvs.filter(({ kind }) => kind === 'image' || kind === 'installer');
  if (installing.some((bootEnv) => bootEnv.name === name)) return;
  const message = `No boot env named ${JSON.stringify(name)} installs an operating system.`;
  const remedy = `Choose one of ${installing.map((bootEnv) => bootEnv.name).join(', ')}.`;
  throw new ProblemError(422, 'node.unknown_boot_env', message, {
    remedy,
    issues: [{ path: 'bootEnv', code: 'node.unknown_boot_env', message, remedy }],
  });
}

/** The boot env for those who name none: the admin machine's own Debian release, where we have it. */
export function defaultBootEnv(osRelease = readFileSync('/etc/os-release', 'utf8')): string {
  const value = (key: string): string | undefined =>
    new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(osRelease)?.[1];
  const name = `${value('ID')}-${value('VERSION_ID')}`;
  return findBootEnv(name)?.kind === 'image' ? name : 'debian-12';
}
