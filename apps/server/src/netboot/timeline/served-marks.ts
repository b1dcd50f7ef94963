import type { Served } from '@halligan/pxe/boot';
import type { PendingMark } from './boot-marks.ts';

/** Names of files as boot envs call them, and the mark for the moment their transfer begins. */
const markOfFile: Readonly<Record<string, string>> = {
  'f/vmlinuz': 'kernel',
  'f/initrd.img': 'initrd',
  'f/grub-local.efi': 'local-loader',
  'install-file': 'install-file',
};

/** The file after which the boot loader is done. */
const lastFiles = new Set(['f/initrd.img', 'f/grub-local.efi']);

/** What a served resource says about a boot; null when it says nothing. The script's own mark is set where it is decided. */
export function servedMark({ resource, stage, at, bytes }: Served): PendingMark | null {
  if (stage === 'done')
    return lastFiles.has(resource) ? { name: 'loaded', at, detail: `${bytes} bytes` } : null;
  const name = markOfFile[resource];
  return name === undefined ? null : { name, at };
}
