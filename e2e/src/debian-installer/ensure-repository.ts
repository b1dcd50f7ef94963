import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adminDebianSource } from './admin-sources.ts';
import { cached, contentName } from './cached.ts';
import { unpackNetboot } from './first-stage.ts';
import { writeKeyInitrd } from './key-initrd.ts';
import { PrivateApt } from './private-apt.ts';
import { rebuildUdeb } from './rebuild-udeb.ts';
import { writeRepository } from './repository.ts';
import { withSigningKey } from './signing-key.ts';
import { nameOf, selectUdebs } from './udeb-selection.ts';

/** Change it with anything here that changes what comes out. */
const RECIPE = '3';

const BASE_SYSTEM = [
  '?and(?or(?priority(required),?priority(important)),?not(?section(debian-installer)))',
  // The lab's machines are virtual, and this kernel is a third of the other's size.
  'linux-image-cloud-amd64',
  'initramfs-tools',
  'zstd',
  'busybox',
  'grub-pc',
  'locales',
  'keyboard-configuration',
  'console-setup',
  'pciutils',
  'usbutils',
  'eject',
  'openssh-server',
  'curl',
  'ca-certificates',
  'sudo',
  'chrony',
];

export interface InstallerRepositoryOptions {
  readonly cacheDir: string;
  readonly version: string;
  readonly codename: string;
  readonly say: (text: string) => void;
}

/** All that Debian's installer needs from the network, in one folder. */
export interface InstallerRepository {
  /** To be served by HTTP. */
  readonly folder: string;
  readonly kernel: string;
  readonly initrds: readonly string[];
}

/** The repository from the cache, or made from the packages of the admin machine's own sources. */
export async function ensureInstallerRepository(
  options: InstallerRepositoryOptions,
): Promise<InstallerRepository> {
  const { cacheDir, version, codename, say } = options;
  const parent = join(cacheDir, 'installer-repository');
  say(`asking the package archive for ${codename}`);
  const source = await adminDebianSource();
  const apt = await PrivateApt.open(join(parent, `.apt-${codename}`), source, codename);
  const name = contentName([RECIPE, codename, await apt.release(), ...BASE_SYSTEM]);
  const folder = await cached(parent, name, (draft) => build(draft, apt, { version, codename, say }));
  return {
    folder: join(folder, 'debian'),
    kernel: join(folder, 'linux'),
    initrds: [join(folder, 'initrd.gz'), join(folder, 'key.cpio')],
  };
}

type Build = Omit<InstallerRepositoryOptions, 'cacheDir'>;

async function build(draft: string, apt: PrivateApt, { version, codename, say }: Build): Promise<void> {
  const work = await mkdtemp(join(draft, 'work-'));
  const netboot = `debian-installer-${version}-netboot-amd64`;
  say(`downloading ${netboot}`);
  const packagePath = (await apt.download([netboot], join(work, 'netboot-package'))).get(netboot);
  if (packagePath === undefined) throw new Error(`the archive has no ${netboot}`);
  const firstStage = await unpackNetboot(packagePath, version, work);
  await copyFile(firstStage.kernel, join(draft, 'linux'));
  await copyFile(firstStage.initrd, join(draft, 'initrd.gz'));

  const selected = selectUdebs(await apt.udebs(), firstStage);
  say(`downloading ${selected.length} components of the installer`);
  const udebs = await apt.download(selected.map(nameOf), join(work, 'udebs'));
  const absent: string[] = [];
  for (const udeb of selected.filter((each) => !udebs.has(nameOf(each)))) {
    const path = await rebuildUdeb(udeb, apt, work);
    if (path === undefined) absent.push(nameOf(udeb));
    else udebs.set(nameOf(udeb), path);
    if (path !== undefined) say(`rebuilt ${nameOf(udeb)}, which the archive lists but does not have`);
  }
  if (absent.length > 0) say(`done without ${absent.join(', ')}`);

  const names = await apt.closure(BASE_SYSTEM);
  say(`downloading ${names.length} packages of the base system`);
  const debs = await apt.download(names, join(work, 'debs'));
  const missing = names.filter((each) => !debs.has(each));
  if (missing.length > 0) throw new Error(`the archive lists but does not have ${missing.join(', ')}`);

  await withSigningKey(async (key) => {
    const sections = [
      { path: 'main/binary-amd64', files: [...debs.values()] },
      { path: 'main/debian-installer/binary-amd64', files: [...udebs.values()] },
    ];
    await writeRepository(join(draft, 'debian'), codename, sections, key);
    await writeKeyInitrd(key.publicKey, join(draft, 'key.cpio'));
  });
  await writeFile(join(draft, 'manifest.json'), `${JSON.stringify({ version, codename, absent })}\n`);
  await rm(work, { recursive: true });
}
