import type { BootSessions } from '@halligan/pxe/boot';
import type { BootAnswer, BootBackend, BootClient, Firmware } from '@halligan/pxe/dhcp';

/** Names to try, the best first. */
const loadersFor: Partial<Readonly<Record<Firmware, readonly string[]>>> = {
  bios: ['undionly.kpxe'],
  'uefi-x86': ['ipxe-ia32.efi'],
  'uefi-x64': ['ipxe.efi', 'snponly.efi'],
  'uefi-arm64': ['ipxe-arm64.efi', 'snponly-arm64.efi'],
  'uefi-x86-http': ['ipxe-ia32.efi'],
  'uefi-x64-http': ['ipxe.efi', 'snponly.efi'],
  'uefi-arm64-http': ['ipxe-arm64.efi', 'snponly-arm64.efi'],
};

/** Where the files are that a boot client is sent to. */
export interface BootFileSources {
  origin: string;
  sessions: Pick<BootSessions, 'openBoot'>;
  hasLoader: (name: string) => boolean;
}

/** Firmware gets a boot loader; iPXE gets its own script behind a fresh token. Asks nobody, so it never keeps DHCP waiting. */
export function bootFiles({ origin, sessions, hasLoader }: BootFileSources): BootBackend {
  return { bootFileFor: (client) => (client.isIpxe ? script(client) : loader(client)) };

  /** iPXE fetches what the ack names; an offer may never be taken up, so none gets a token. */
  function script({ message, mac }: BootClient): BootAnswer {
    if (message === 'offer') return { bootFile: `${origin}/boot/offered/ipxe` };
    return { bootFile: `${origin}/boot/${sessions.openBoot(mac).token}/ipxe` };
  }

  function loader({ firmware, isHttpClient }: BootClient): BootAnswer | null {
    const name = firmware && loadersFor[firmware]?.find(hasLoader);
    if (!name) return null;
    return { bootFile: isHttpClient ? `${origin}/loaders/${name}` : name };
  }
}
