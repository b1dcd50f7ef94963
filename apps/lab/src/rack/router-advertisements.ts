import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BRIDGE } from './addresses.ts';
import type { Child } from './child.ts';
import type { NetworkNamespace } from './namespace.ts';

/**
 * The rack's router: it advertises that it is there and nothing else (lifetime 0, no prefix). iPXE configures
 * IPv6 beside DHCP and waits 16 s for such an answer before it goes on.
 */
export async function startRouterAdvertisements(
  namespace: NetworkNamespace,
  folder: string,
): Promise<Child | undefined> {
  if (!(await kernelHasIpv6())) return undefined;
  const config = join(folder, 'radvd.conf');
  await writeFile(config, radvdConfig(), { mode: 0o600 });
  const pidFile = join(folder, 'radvd.pid');
  const args = ['--nodaemon', '-C', config, '-p', pidFile, '-m', 'stderr'];
  return namespace.spawn('radvd', args, { stdio: ['ignore', 'ignore', 'pipe'] }).started();
}

async function kernelHasIpv6(): Promise<boolean> {
  return access('/proc/sys/net/ipv6').then(
    () => true,
    () => false,
  );
}

function radvdConfig(): string {
  return [
    `interface ${BRIDGE} {`,
    '  AdvSendAdvert on;',
    '  IgnoreIfMissing on;',
    // Intervals below 3 s are allowed to mobility routers only.
    '  AdvIntervalOpt on;',
    '  MinRtrAdvInterval 0.5;',
    '  MaxRtrAdvInterval 1;',
    '  MinDelayBetweenRAs 0.03;',
    '  AdvDefaultLifetime 0;',
    '};',
    '',
  ].join('\n');
}
