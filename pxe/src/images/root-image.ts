import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptOptions } from './apt-options.ts';
import { type AptSource, readDebianSources, renderDeb822Sources } from './apt-sources.ts';
import { contentHash, ensureArtifact, exists, readManifest, writeManifest } from './artifact-cache.ts';
import { defaultCacheDir } from './config.ts';
import { hostSuite, pinnedVersions, releaseName } from './package-versions.ts';
import { type OnProgress, reporter } from './progress.ts';
import { runCommand } from './run-command.ts';

export type RootFlavour = 'cloud' | 'generic';

export interface RootImage {
  /** root.ext4.zst: a root file system without identity, for the agent's install-image action. */
  path: string;
  sha256: string;
  sizeBytes: number;
  hash: string;
  /** `debian-12` */
  name: string;
}

export interface RootImageOptions {
  cacheDir?: string | undefined;
  /** A Debian codename; the admin machine's own when left out. */
  suite?: string | undefined;
  flavour?: RootFlavour | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** What manifest.json beside a root image says. */
export interface RootManifest {
  name: string;
  hash: string;
  suite: string;
  flavour: RootFlavour;
  sha256: string;
  sizeBytes: number;
  unpackedBytes: number;
  packages: string[];
}

/** Name of the image within its artifact. */
export const ROOT_IMAGE_FILE = 'root.ext4.zst';

const PACKAGES = [
  ...[
    'systemd',
    'systemd-sysv',
    'udev',
    'kmod',
    'openssh-server',
    'iproute2',
    'iputils-ping',
    'netbase',
    'procps',
  ],
  ...[
    'initramfs-tools',
    'zstd',
    'grub-pc-bin',
    'grub-efi-amd64-bin',
    'grub2-common',
    'ca-certificates',
    'dosfstools',
  ],
];
const KERNELS: Record<RootFlavour, string> = {
  cloud: 'linux-image-cloud-amd64',
  generic: 'linux-image-amd64',
};
/** Documentation is left out of the image only; packages installed on the node later bring theirs. */
const LEFT_OUT = ['/usr/share/man/*', '/usr/share/info/*', '/usr/share/locale/*', '/usr/share/doc/*'];
const BUILDER_VERSION = '4';
const ROOT_DIR = fileURLToPath(new URL('../../src/images/root', import.meta.url));

/** The root file system of a Debian release, built with mmdebstrap unless the cache holds it already. */
export async function ensureRootImage(options: RootImageOptions = {}): Promise<RootImage> {
  const { cacheDir = defaultCacheDir(), flavour = 'generic' } = options;
  const suite = options.suite ?? (await hostSuite());
  const name = releaseName(suite);
  const report = reporter(`${name} (${flavour})`, options.onProgress);
  report('resolve', 'reading package versions');
  const packages = [KERNELS[flavour], ...PACKAGES];
  const sources = await readDebianSources(suite);
  const hash = contentHash({
    builder: BUILDER_VERSION,
    flavour,
    suite,
    versions: await pinnedVersions(packages),
    sources: renderDeb822Sources(sources),
    files: await builderFiles(),
  });
  const parent = join(cacheDir, 'images', name);
  if (await exists(join(parent, hash, 'manifest.json'))) report('cached', hash);
  const plan: Plan = { name, hash, suite, flavour, packages, sources };
  const dir = await ensureArtifact(parent, hash, (draft) => buildImage(draft, plan, report, options.signal));
  const { sha256, sizeBytes } = await readManifest<RootManifest>(dir);
  report('done', dir);
  return { path: join(dir, ROOT_IMAGE_FILE), sha256, sizeBytes, hash, name };
}

interface Plan {
  name: string;
  hash: string;
  suite: string;
  flavour: RootFlavour;
  packages: string[];
  sources: AptSource[];
}

async function builderFiles(): Promise<string[]> {
  const names = (await readdir(ROOT_DIR)).sort();
  return Promise.all(names.map(async (name) => `${name}\n${await readFile(join(ROOT_DIR, name), 'utf8')}`));
}

type Report = ReturnType<typeof reporter>;

async function buildImage(
  draft: string,
  plan: Plan,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'halligan-root-'));
  try {
    const sourcesFile = join(scratch, 'debian.sources');
    const tree = join(scratch, 'root');
    await writeFile(sourcesFile, renderDeb822Sources(plan.sources));
    const onLine = (line: string): void => report('assemble', line);
    await runCommand('mmdebstrap', [...(await bootstrapArguments(plan)), plan.suite, tree, sourcesFile], {
      onLine,
      signal,
    });
    const image = join(scratch, 'root.ext4');
    report('assemble', 'ext4 file system');
    await runCommand(
      'mke2fs',
      [...fileSystemArguments(plan.flavour), '-d', tree, image, await sizeFor(tree, plan.flavour)],
      { signal },
    );
    report('compress', ROOT_IMAGE_FILE);
    const target = join(draft, ROOT_IMAGE_FILE);
    await runCommand('zstd', ['-q', '-12', '-T0', image, '-o', target], { signal });
    const manifest: RootManifest = {
      name: plan.name,
      hash: plan.hash,
      suite: plan.suite,
      flavour: plan.flavour,
      sha256: await sha256OfFile(target),
      sizeBytes: (await stat(target)).size,
      unpackedBytes: (await stat(image)).size,
      packages: await packagesIn(tree),
    };
    await writeManifest(draft, manifest);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * A file system is sent instead of an archive because writing its blocks costs a machine a third of what creating
 * every file does; the agent gives it a UUID of its own and grows it to the partition.
 */
function fileSystemArguments(flavour: RootFlavour): string[] {
  return [
    '-q',
    '-t',
    'ext4',
    ...GEOMETRY,
    '-L',
    'root',
    '-m',
    '1',
    '-J',
    `size=${JOURNAL_MB[flavour]}`,
    '-O',
    FEATURES,
  ];
}

const JOURNAL_MB: Record<RootFlavour, number> = { cloud: 16, generic: 128 };
/** Empty blocks travel compressed to nothing but are written one by one: no more of them than safety asks for. */
const SPARE_MB = 48;
/** Of a full-size file system: left to itself, mke2fs takes 1 KiB blocks for an image below 512 MB, for good. */
const GEOMETRY = ['-T', 'default', '-b', '4096', '-I', '256', '-i', '16384'];
/** What GRUB and kernels of every supported release understand. */
const FEATURES = '64bit,metadata_csum,^metadata_csum_seed,^orphan_file';

/** Room for the tree, its inodes and the journal, in mke2fs's notation. */
async function sizeFor(tree: string, flavour: RootFlavour): Promise<string> {
  const usedKib = Number((await runCommand('du', ['-sk', '--apparent-size', tree])).split('\t')[0]);
  const entries = Number((await runCommand('du', ['-s', '--inodes', tree])).split('\t')[0]);
  return `${Math.ceil(usedKib * 1.06 + entries * 2.5 + (JOURNAL_MB[flavour] + SPARE_MB) * 1024)}k`;
}

async function bootstrapArguments({ packages, flavour }: Plan): Promise<string[]> {
  return [
    ...['--variant=minbase', '--mode=root', '--format=directory', `--include=${packages.join(',')}`],
    ...(await aptOptions()),
    // A node's first installation then needs no index: fetching and unpacking it costs a small machine a minute.
    '--skip=cleanup/apt/lists',
    ...LEFT_OUT.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    `--essential-hook=${join(ROOT_DIR, `prepare-${flavour}`)}`,
    `--customize-hook=${join(ROOT_DIR, 'customize')}`,
    ...(flavour === 'cloud' ? [`--customize-hook=${join(ROOT_DIR, 'customize-cloud')}`] : []),
  ];
}

async function packagesIn(tree: string): Promise<string[]> {
  const status = await readFile(join(tree, 'var/lib/dpkg/status'), 'utf8');
  return [...status.matchAll(/^Package: (\S+)\n(?:.+\n)*?Version: (\S+)$/gm)].map(
    ([, name, version]) => `${name}=${version}`,
  );
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
