import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ImageError } from '../images/image-error.ts';
import { runCommand } from '../images/run-command.ts';
import type { CpioEntry } from './cpio.ts';
import { type KernelModule, renderModulesAlias, renderModulesDep } from './kernel-modules.ts';

/** Programs the agent needs besides busybox, by where Debian's packages put them (before or after the /usr merge). */
const PROGRAMS: Record<string, readonly string[]> = {
  curl: ['usr/bin/curl'],
  // Not busybox's: they copy in larger pieces, which tells when every system call is emulated.
  tee: ['usr/bin/tee'],
  sha256sum: ['usr/bin/sha256sum'],
  zstd: ['usr/bin/zstd'],
  sfdisk: ['usr/sbin/sfdisk', 'sbin/sfdisk'],
  tune2fs: ['usr/sbin/tune2fs', 'sbin/tune2fs'],
  resize2fs: ['usr/sbin/resize2fs', 'sbin/resize2fs'],
  'mkfs.vfat': ['usr/sbin/mkfs.fat', 'sbin/mkfs.fat'],
};
const LIBRARY_DIRS = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu'];
const LOADER = 'ld-linux-x86-64.so.2';

/** busybox, the agent's programs with their libraries, and the few directories the kernel and the agent expect. */
export async function collectPrograms(tree: string): Promise<CpioEntry[]> {
  const entries: CpioEntry[] = [
    ...['dev', 'proc', 'sys', 'run', 'tmp', 'target', 'root', 'var', 'usr/share'].map(directory),
    { path: 'dev/console', type: 'char-device', major: 5, minor: 1 },
    ...['bin', 'sbin', 'lib'].map((name): CpioEntry => ({ path: name, type: 'link', target: `usr/${name}` })),
    ...(await busybox(tree)),
  ];
  const libraries = new Set<string>();
  for (const [name, candidates] of Object.entries(PROGRAMS)) {
    const program = await findIn(tree, candidates);
    entries.push(await file(program, `usr/bin/${name}`));
    for (const library of await librariesOf(tree, program)) libraries.add(library);
  }
  for (const path of libraries) entries.push(await file(path, `usr/lib/x86_64-linux-gnu/${basename(path)}`));
  const loader = await findIn(
    tree,
    [...LIBRARY_DIRS, 'lib64', 'usr/lib64'].map((dir) => `${dir}/${LOADER}`),
  );
  entries.push(await file(loader, `lib64/${LOADER}`));
  return entries;
}

/** The agent's scripts, `init` at the root where the kernel looks for it. */
export async function collectAgent(agentDir: string, release: string): Promise<CpioEntry[]> {
  const names = await readdir(agentDir);
  const scripts = names.map((name) =>
    file(join(agentDir, name), name === 'init' ? 'init' : `usr/lib/halligan/${name}`),
  );
  return [
    ...(await Promise.all(scripts)),
    text('etc/halligan-release', `${release}\n`),
    text('etc/passwd', PASSWD),
  ];
}

/** The modules and the two tables busybox's modprobe reads. */
export function moduleEntries(kernelVersion: string, modules: readonly KernelModule[]): CpioEntry[] {
  const base = `usr/lib/modules/${kernelVersion}`;
  return [
    ...modules.map(
      ({ path, content }): CpioEntry => ({
        path: `${base}/${path}`,
        type: 'file',
        content,
        executable: false,
      }),
    ),
    text(`${base}/modules.dep`, renderModulesDep(modules)),
    text(`${base}/modules.alias`, renderModulesAlias(modules)),
  ];
}

/** Firmware files the modules name, as far as the unpacked packages hold them. */
export async function collectFirmware(tree: string, modules: readonly KernelModule[]): Promise<CpioEntry[]> {
  const entries: CpioEntry[] = [];
  for (const name of new Set(modules.flatMap(({ firmware }) => firmware))) {
    const path = await findOptional(tree, [`lib/firmware/${name}`, `usr/lib/firmware/${name}`]);
    if (path) entries.push(await file(path, `usr/lib/firmware/${name}`));
  }
  return entries;
}

/** Adds every parent directory that is missing; the kernel unpacks in order and creates none itself. */
export function withParents(entries: readonly CpioEntry[]): CpioEntry[] {
  const byPath = new Map<string, CpioEntry>();
  for (const entry of entries) {
    for (let dir = dirname(entry.path); dir !== '.'; dir = dirname(dir))
      byPath.set(dir, byPath.get(dir) ?? directory(dir));
    byPath.set(entry.path, entry);
  }
  return [...byPath.values()];
}

async function busybox(tree: string): Promise<CpioEntry[]> {
  const program = await findIn(tree, ['usr/bin/busybox', 'bin/busybox']);
  const applets = (await runCommand(program, ['--list']))
    .split('\n')
    .filter((name) => name && name !== 'busybox');
  return [
    await file(program, 'usr/bin/busybox'),
    ...applets
      .filter((name) => !(name in PROGRAMS))
      .map((name): CpioEntry => ({ path: `usr/bin/${name}`, type: 'link', target: 'busybox' })),
    // The kernel calls /sbin/modprobe by this name when it wants a module itself.
    { path: 'usr/sbin/modprobe', type: 'link', target: '../bin/busybox' },
  ];
}

/** Asks the tree's own dynamic loader, so that the answer does not depend on the admin machine's libraries. */
async function librariesOf(tree: string, program: string): Promise<string[]> {
  const loader = await findIn(
    tree,
    [...LIBRARY_DIRS, 'lib64', 'usr/lib64'].map((dir) => `${dir}/${LOADER}`),
  );
  const path = LIBRARY_DIRS.map((dir) => join(tree, dir)).join(':');
  const listing = await runCommand(loader, ['--library-path', path, '--list', program]);
  return [...listing.matchAll(/=> (\/\S+)/g)].map((match) => match[1] ?? '');
}

async function findIn(tree: string, candidates: readonly string[]): Promise<string> {
  const found = await findOptional(tree, candidates);
  if (found) return found;
  throw new ImageError('image.missing_file', `none of ${candidates.join(', ')} is in the unpacked packages`);
}

async function findOptional(tree: string, candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    const path = join(tree, candidate);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return path;
  }
  return undefined;
}

async function file(source: string, path: string): Promise<CpioEntry> {
  const real = await realpath(source);
  const { mode } = await stat(real);
  return { path, type: 'file', content: await readFile(real), executable: (mode & 0o111) !== 0 };
}

function directory(path: string): CpioEntry {
  return { path, type: 'directory' };
}

function text(path: string, content: string): CpioEntry {
  return { path, type: 'file', content: Buffer.from(content), executable: false };
}

const PASSWD = 'root:x:0:0:root:/root:/bin/sh\n';
