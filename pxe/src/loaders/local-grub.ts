import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash, ensureArtifact, writeManifest } from '../images/artifact-cache.ts';
import { defaultCacheDir } from '../images/config.ts';
import { pinnedVersions } from '../images/package-versions.ts';
import { type OnProgress, reporter } from '../images/progress.ts';
import { runCommand } from '../images/run-command.ts';

export interface LoaderOptions {
  cacheDir?: string | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** Where operating systems leave their loader on the EFI system partition, the most particular first. */
const LOADER_PATHS = [
  '/EFI/debian/shimx64.efi',
  '/EFI/debian/grubx64.efi',
  '/EFI/redhat/shimx64.efi',
  '/EFI/rocky/shimx64.efi',
  '/EFI/almalinux/shimx64.efi',
  '/EFI/fedora/shimx64.efi',
  '/EFI/ubuntu/shimx64.efi',
  '/EFI/opensuse/shim.efi',
  '/EFI/BOOT/BOOTX64.EFI',
];
const MODULES = [
  ...['memdisk', 'tar', 'normal', 'configfile', 'echo', 'sleep', 'reboot', 'test'],
  ...['part_gpt', 'part_msdos', 'fat', 'search', 'search_fs_file', 'search_fs_uuid', 'search_label', 'chain'],
  ...['linux', 'gzio', 'ext2', 'xfs', 'btrfs', 'lvm', 'mdraid1x', 'diskfilter', 'loadenv', 'regexp', 'true'],
  ...['serial', 'terminal', 'all_video', 'gfxterm', 'font', 'minicmd', 'probe', 'ls'],
];
/** Where an installed GRUB keeps its menu, on a root or a separate boot file system. */
const MENU_PATHS = ['/boot/grub/grub.cfg', '/boot/grub2/grub.cfg', '/grub/grub.cfg', '/grub2/grub.cfg'];
const PACKAGES = ['grub-common', 'grub-efi-amd64-bin'];
const NAME = 'grub-local.efi';

/**
 * A GRUB for UEFI x64 that starts the operating system on the machine's own disks. iPXE chain-loads it: leaving iPXE
 * instead makes some firmware (OVMF) try every other boot option first, for minutes.
 */
export async function ensureLocalGrub(options: LoaderOptions = {}): Promise<string> {
  const parent = join(options.cacheDir ?? defaultCacheDir(), 'loaders');
  const config = localGrubConfig();
  const hash = contentHash({ packages: await pinnedVersions(PACKAGES), config, modules: MODULES });
  const report = reporter(NAME, options.onProgress);
  const dir = await ensureArtifact(parent, hash, async (draft) => {
    report('assemble', 'a GRUB that starts the local disk');
    await buildLocalGrub(draft, config, options.signal);
    await writeManifest(draft, { name: NAME, hash });
  });
  return join(dir, NAME);
}

async function buildLocalGrub(dir: string, config: string, signal: AbortSignal | undefined): Promise<void> {
  const tree = join(dir, 'tree');
  // Not where an installed GRUB keeps its menu, or the search for that would find this.
  const folder = join(tree, 'halligan');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'grub.cfg'), config);
  const memdisk = join(dir, 'memdisk.tar');
  await runCommand('tar', ['--create', '--file', memdisk, '--directory', tree, 'halligan'], { signal });
  const built = join(dir, 'built.efi');
  const args = [
    '--format=x86_64-efi',
    `--memdisk=${memdisk}`,
    '--prefix=(memdisk)/halligan',
    `--output=${built}`,
  ];
  await runCommand('grub-mkimage', [...args, ...MODULES], { signal });
  await copyFile(built, join(dir, NAME));
  await Promise.all([tree, memdisk, built].map((path) => rm(path, { recursive: true })));
}

/**
 * What GRUB does: the first loader found on any disk; else the menu of an installed GRUB, for a firmware that booted
 * from the network may not have connected the disk's partitions, and then nothing can be chain-loaded from them;
 * else a restart, never a prompt. `root` names the disk, because chainloader takes its device from there.
 */
export function localGrubConfig(): string {
  const loaders = LOADER_PATHS.flatMap((path) => [
    `if search --no-floppy --set=root --file ${path}; then`,
    `  if chainloader ${path}; then boot; fi`,
    'fi',
  ]);
  const menus = MENU_PATHS.flatMap((path) => [
    `if search --no-floppy --set=root --file ${path}; then`,
    `  set prefix=($root)${path.slice(0, path.lastIndexOf('/'))}`,
    `  configfile ($root)${path}`,
    'fi',
  ]);
  const giveUp = [
    'echo "Halligan: no operating system on the local disks, restarting in 10 seconds"',
    'sleep 10',
    'reboot',
  ];
  return `${['set timeout=0', ...loaders, ...menus, ...giveUp].join('\n')}\n`;
}
