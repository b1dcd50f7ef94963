import type { BootEnv } from './boot-env.ts';
import { debianInstaller } from './debian-installer/debian-installer.ts';
import { discovery } from './discovery/discovery.ts';
import { debianImage } from './image/debian-image.ts';
import { kickstartInstaller } from './kickstart/kickstart-env.ts';
import { local } from './local/local.ts';

/** Every boot env, the ones all nodes use first. */
export const bootEnvs: readonly BootEnv[] = [
  discovery,
  local,
  debianImage('12', 'bookworm'),
  debianImage('13', 'trixie'),
  debianInstaller('12', 'bookworm'),
  debianInstaller('13', 'trixie'),
  kickstartInstaller('rhel-9', 'Red Hat Enterprise Linux 9'),
  kickstartInstaller('rocky-9', 'Rocky Linux 9'),
  kickstartInstaller('almalinux-9', 'AlmaLinux 9'),
  kickstartInstaller('fedora-44', 'Fedora 44'),
];

const byName = new Map(bootEnvs.map((bootEnv) => [bootEnv.name, bootEnv]));

export function findBootEnv(name: string): BootEnv | undefined {
  return byName.get(name);
}
