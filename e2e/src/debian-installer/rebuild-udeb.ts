import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { copyModules, knowsContents } from './kernel-modules.ts';
import type { PrivateApt } from './private-apt.ts';
import { renderStanza, type Stanza } from './stanza.ts';
import { nameOf } from './udeb-selection.ts';

/** Which ordinary packages hold what a component holds, and which of their files it needs. */
interface Recipe {
  readonly packages: readonly string[];
  readonly files: RegExp;
}

const RECIPES: Readonly<Record<string, Recipe>> = {
  'e2fsprogs-udeb': {
    packages: ['e2fsprogs', 'libext2fs2t64', 'libcom-err2', 'libss2'],
    files:
      /^(usr\/)?sbin\/(badblocks|e2fsck|fsck\.ext[234]|mke2fs|mkfs\.ext[234]|resize2fs|tune2fs)$|^(usr\/)?lib\/.*\.so\.|^etc\/mke2fs\.conf$/,
  },
  'ntfs-3g-udeb': {
    packages: ['ntfs-3g', 'libntfs-3g89t64'],
    files: /^(usr\/)?s?bin\/(ntfs-3g|ntfsresize|mkntfs|mount\.ntfs-3g)$|^(usr\/)?lib\/.*\.so\./,
  },
};

/** Fields that belong to the file that could not be had. */
const OF_THE_FILE = /^(Filename|Size|MD5sum|SHA\d+|Description-md5|Installed-Size)$/;

/**
 * Makes a component of the installer from the ordinary packages that hold the same programs or modules, under the name
 * and relations the archive lists it with. Returns its path, or undefined where no recipe is known.
 */
export async function rebuildUdeb(
  udeb: Stanza,
  apt: PrivateApt,
  folder: string,
): Promise<string | undefined> {
  const name = nameOf(udeb);
  const tree = join(folder, 'rebuilt', name);
  const [, component, kernelVersion] = /^(.+-modules)-(.+)-di$/.exec(name) ?? [];
  if (component !== undefined && kernelVersion !== undefined && knowsContents(component)) {
    await copyModules(component, await unpacked(`linux-image-${kernelVersion}`, apt, folder), tree);
  } else if (RECIPES[name] !== undefined) {
    await copyFiles(RECIPES[name], apt, folder, tree);
  } else {
    return undefined;
  }
  return build(udeb, tree, folder);
}

async function copyFiles({ packages, files }: Recipe, apt: PrivateApt, folder: string, tree: string) {
  for (const name of packages) {
    const source = await unpacked(name, apt, folder);
    for (const path of await readdir(source, { recursive: true })) {
      if (!files.test(path)) continue;
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await cp(join(source, path), join(tree, path), { verbatimSymlinks: true });
    }
  }
}

/** An ordinary package's files below `folder`, unpacked once. */
async function unpacked(name: string, apt: PrivateApt, folder: string): Promise<string> {
  const tree = join(folder, 'unpacked', name);
  if (existsSync(tree)) return tree;
  const path = (await apt.download([name], join(folder, 'ordinary'))).get(name);
  if (path === undefined) throw new Error(`the archive has no package ${name} to make a component from`);
  await mkdir(tree, { recursive: true });
  await execa('dpkg-deb', ['--extract', path, tree]);
  return tree;
}

async function build(udeb: Stanza, tree: string, folder: string): Promise<string> {
  const control = new Map([...udeb].filter(([field]) => !OF_THE_FILE.test(field)));
  await mkdir(join(tree, 'DEBIAN'), { recursive: true });
  await writeFile(join(tree, 'DEBIAN/control'), renderStanza(control));
  const path = join(folder, 'udebs', `${nameOf(udeb)}_rebuilt_${udeb.get('Architecture')}.udeb`);
  // The installer's own unpacker knows gzip and xz.
  await execa('dpkg-deb', ['--root-owner-group', '-Zgzip', '--nocheck', '--build', tree, path]);
  return path;
}
