import type { BootEnv } from '../boot-env.ts';
import { discoveryScript } from '../discovery/discovery.ts';

/** The discovery system itself writes the image, so this boots just as discovery does. */
export function debianImage(version: string, codename: string): BootEnv {
  return {
    name: `debian-${version}`,
    description: `Debian ${version} (${codename}), unpacked from an image: fast`,
    kind: 'image',
    platform: { family: 'debian', name: `debian-${version}`, codename },
    script: discoveryScript,
    installFile: null,
  };
}
