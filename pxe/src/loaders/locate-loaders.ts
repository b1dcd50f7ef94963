import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian's `ipxe` package puts the boot loaders. */
const IPXE_FOLDER = '/usr/lib/ipxe';
const NAMES = ['undionly.kpxe', 'ipxe.pxe', 'ipxe.efi', 'snponly.efi', 'ipxe-arm64.efi', 'snponly-arm64.efi'];

/** The iPXE loaders this machine has, by the name they are fetched under. */
export function locateLoaders(): Map<string, string> {
  const paths = NAMES.map((name) => [name, join(IPXE_FOLDER, name)] as const);
  return new Map(paths.filter(([, path]) => existsSync(path)));
}
