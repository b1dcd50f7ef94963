/** What a chrony.conf depends on. */
export interface ChronyConf {
  /** Host names or addresses; anything else is refused before it gets here. */
  readonly upstream: readonly string[];
  /** Whether other nodes may ask, and are answered even while no upstream server can be reached. */
  readonly serves: boolean;
}

/** The content of /etc/chrony/chrony.conf. */
export function chronyConf({ upstream, serves }: ChronyConf): string {
  const lines = [
    '# Written by Halligan (barclamp ntp); changes made here will be overwritten.',
    ...upstream.map((server) => `server ${server} iburst minpoll 4 maxpoll 8`),
    'driftfile /var/lib/chrony/chrony.drift',
    '# Step the clock when it is far off during the first updates, slew it afterwards.',
    'makestep 1 3',
    'rtcsync',
    ...(serves
      ? [
          '# Orphan mode: servers without an upstream agree among themselves.',
          'local stratum 10 orphan',
          'allow',
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}
