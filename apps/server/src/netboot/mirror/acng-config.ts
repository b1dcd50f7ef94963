import type { MirroredUrl } from './mirror-plan.ts';

export interface AcngSettings {
  address: string;
  port: number;
  cacheDir: string;
  logDir: string;
  /** HTTP proxy to reach upstreams through, or null. */
  proxy: string | null;
  upstreams: readonly MirroredUrl[];
}

/** The configuration of apt-cacher-ng: serves the named upstreams to one network, has no report page, writes where it is told. */
export function acngConfig(settings: AcngSettings): string {
  const { address, port, cacheDir, logDir, proxy, upstreams } = settings;
  // It keeps the number in 16 bits with a sign, and says "Error resolving address for binding: Success".
  if (port > 32_767) throw new Error(`apt-cacher-ng cannot listen on port ${port}: choose one up to 32767`);
  return `${[
    '# Written at each start; changes here are lost.',
    line('BindAddress', address),
    line('Port', String(port)),
    line('CacheDir', cacheDir),
    line('LogDir', logDir),
    line('SupportDir', '/usr/lib/apt-cacher-ng'),
    line('ForeGround', '1'),
    line('UnbufferLogs', '1'),
    // Only what is remapped below is fetched: this is no way out for nodes.
    line('ForceManaged', '1'),
    line('AllowUserPorts', '0'),
    line('ExThreshold', '14'),
    line('NetworkTimeout', '60'),
    ...(proxy === null ? [] : [line('Proxy', proxy)]),
    ...upstreams.map(({ name, asked, fetched }) => line(`Remap-${name}`, `${asked} ; ${fetched}`)),
  ].join('\n')}\n`;
}

/** One setting. The format has no quoting. @throws Error for a value that would not stay on its line */
function line(key: string, value: string): string {
  if (/[\p{Cc}#]/u.test(value)) throw new Error(`apt-cacher-ng ${key}: leave out control characters and #`);
  return `${key}: ${value}`;
}
