import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BootAnswer, BootBackend, BootClient, Firmware } from '@halligan/pxe/dhcp';

/** Where Debian's `ipxe` package puts the boot loaders. */
const loaderFolder = '/usr/lib/ipxe';

const loaderByFirmware: Partial<Readonly<Record<Firmware, string>>> = {
  bios: 'undionly.kpxe',
  'uefi-x64': 'ipxe.efi',
  'uefi-x64-http': 'ipxe.efi',
};

const loaderNames: ReadonlySet<string> = new Set(Object.values(loaderByFirmware));

/** The path of a boot loader by the name it is fetched under, or null. */
export function findLoader(name: string): string | null {
  if (!loaderNames.has(name)) return null;
  const path = join(loaderFolder, name);
  return existsSync(path) ? path : null;
}

/** What a folder of boot files has to offer. */
export interface StandaloneBoot {
  /** Such as `http://10.78.0.1:8091`. */
  readonly bootHttp: string;
  /** Name of the iPXE script in the folder; without one, iPXE gets an address only and shows its own menu. */
  readonly script: string | null;
}

/** Firmware gets the boot loader that suits it, and iPXE the folder's script: nobody is known, so nobody has a token. */
export function standaloneBoot({ bootHttp, script }: StandaloneBoot): BootBackend {
  return { bootFileFor: (client) => (client.isIpxe ? scriptFor(client) : loaderFor(client)) };

  function scriptFor(_client: BootClient): BootAnswer | null {
    return script === null ? null : { bootFile: `${bootHttp}/${script}` };
  }

  function loaderFor({ firmware, isHttpClient }: BootClient): BootAnswer | null {
    const loader = firmware && loaderByFirmware[firmware];
    if (!loader) return null;
    return { bootFile: isHttpClient ? `${bootHttp}/loaders/${loader}` : loader };
  }
}
