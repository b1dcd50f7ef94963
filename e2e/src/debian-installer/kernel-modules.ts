import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';

/** What each component with modules is for; enough for virtual disks and the common controllers of servers. */
const CONTENTS: Readonly<Record<string, RegExp>> = {
  'ext4-modules': /^(ext4|jbd2|mbcache|crc16|crc32c_generic)$/,
  'loop-modules': /^loop$/,
  'md-modules': /^(dm_mod|raid0|raid1|raid456|linear|md_mod)$/,
  'ata-modules': /^(libata|ata_generic)$/,
  'sata-modules': /^(ahci|ata_piix)$/,
  'scsi-modules': /^(virtio_blk|virtio_scsi|sd_mod|nvme|megaraid_sas|mpt3sas|smartpqi|aacraid|vmw_pvscsi)$/,
};

const MODULE = /\.ko(\.(xz|zst|gz))?$/;

/** Whether it is known what belongs into this component, by its name without the kernel's version. */
export function knowsContents(component: string): boolean {
  return component in CONTENTS;
}

/** Copies the modules of a component and all they need from an unpacked kernel package into `tree`. */
export async function copyModules(component: string, kernelTree: string, tree: string): Promise<void> {
  const found = await findModules(kernelTree);
  const copied = new Set<string>();
  const copy = async (name: string): Promise<void> => {
    const path = found.get(name);
    // What is not a file is built into the kernel.
    if (path === undefined || copied.has(name)) return;
    copied.add(name);
    const { stdout } = await execa('modinfo', ['--field', 'depends', join(kernelTree, path)]);
    for (const needed of stdout.split(/[,\n]/).filter(Boolean)) await copy(plain(needed));
    await mkdir(join(tree, dirname(path)), { recursive: true });
    await copyFile(join(kernelTree, path), join(tree, path));
  };
  for (const name of found.keys()) if (CONTENTS[component]?.test(name) === true) await copy(name);
  if (copied.size === 0) throw new Error(`${component}: the kernel package has none of its modules`);
}

async function findModules(tree: string): Promise<Map<string, string>> {
  const paths = await readdir(tree, { recursive: true });
  return new Map(
    paths
      .filter((path) => MODULE.test(path))
      .map((path) => [plain(basename(path).replace(MODULE, '')), path]),
  );
}

/** The kernel writes modules' names with underscores, their files may have dashes. */
function plain(name: string): string {
  return name.trim().replaceAll('-', '_');
}
