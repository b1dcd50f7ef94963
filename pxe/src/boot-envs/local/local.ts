import type { BootEnv, ScriptInput } from '../boot-env.ts';
import { ipxeWord } from '../encoders/ipxe.ts';
import { ipxeScript, retried } from '../ipxe-script.ts';

/** Starts what is installed on the machine's own disk. */
export const local: BootEnv = {
  name: 'local',
  description: 'Starts the operating system on the local disk',
  kind: 'local',
  platform: null,
  script: localScript,
  installFile: null,
};

/**
 * BIOS: the first disk. UEFI: a small GRUB that looks for the operating system's loader on the disks, because leaving
 * iPXE makes some firmware (OVMF) try every other boot option first, for minutes.
 */
function localScript({ title, localLoader }: ScriptInput): string {
  const uefi = localLoader === null ? ['exit'] : retried('loader', `chain ${ipxeWord('url', localLoader)}`);
  return ipxeScript(title, [
    `iseq \${platform} efi && goto uefi ||`,
    'sanboot --no-describe --drive 0x80 || goto give-up',
    ':uefi',
    ...uefi,
  ]);
}
