import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDebianSources, renderDeb822Sources } from '../images/apt-sources.ts';
import { contentHash, ensureArtifact, exists, writeManifest } from '../images/artifact-cache.ts';
import { defaultCacheDir } from '../images/config.ts';
import { withExtractedPackages } from '../images/extract-packages.ts';
import { ImageError } from '../images/image-error.ts';
import { candidateVersions, hostSuite, pinnedVersions } from '../images/package-versions.ts';
import { type OnProgress, reporter } from '../images/progress.ts';
import { runCommand } from '../images/run-command.ts';
import { writeCpio } from './cpio.ts';
import { collectAgent, collectFirmware, collectPrograms, moduleEntries, withParents } from './initramfs.ts';
import { collectModules } from './kernel-modules.ts';
import { carriesModule, FIRMWARE_PACKAGES, type Flavour, KERNEL_PACKAGE } from './module-selection.ts';

export interface DiscoveryImage {
  dir: string;
  kernel: string;
  initrd: string;
  hash: string;
}

export interface DiscoveryImageOptions {
  cacheDir?: string | undefined;
  /** `generic` (the default) carries real servers' drivers; `cloud` is for virtual machines and the lab. */
  flavour?: Flavour | undefined;
  suite?: string | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** What manifest.json beside a discovery image says. */
export interface DiscoveryManifest {
  hash: string;
  flavour: Flavour;
  suite: string;
  kernelVersion: string;
  packages: string[];
  modules: number;
  firmwareFiles: number;
  /** Kernel arguments every boot of this image should carry. */
  kernelArguments: string[];
}

const TOOLS = ['busybox-static', 'curl', 'coreutils', 'zstd', 'fdisk', 'e2fsprogs', 'dosfstools'];
/** Counted into the hash: raise it when this builder would make another image from the same inputs. */
const BUILDER_VERSION = '3';
const AGENT_DIR = fileURLToPath(new URL('../../src/discovery/agent', import.meta.url));
const KERNEL_ARGUMENTS = ['no_timer_check', 'net.ifnames=0', 'quiet', 'loglevel=4'];

/** Kernel and initramfs of the discovery image, built from Debian's packages unless the cache holds them already. */
export async function ensureDiscoveryImage(options: DiscoveryImageOptions = {}): Promise<DiscoveryImage> {
  const { cacheDir = defaultCacheDir(), flavour = 'generic' } = options;
  const report = reporter(`discovery (${flavour})`, options.onProgress);
  report('resolve', 'reading package versions');
  const plan = await planImage(flavour, options.suite ?? (await hostSuite()));
  const parent = join(cacheDir, 'discovery');
  if (await exists(join(parent, plan.hash, 'manifest.json'))) report('cached', plan.hash);
  const dir = await ensureArtifact(parent, plan.hash, (draft) =>
    buildImage(draft, plan, report, options.signal),
  );
  report('done', dir);
  return { dir, kernel: join(dir, 'vmlinuz'), initrd: join(dir, 'initrd.img'), hash: plan.hash };
}

interface ImagePlan {
  flavour: Flavour;
  suite: string;
  packages: string[];
  versions: string[];
  hash: string;
}

async function planImage(flavour: Flavour, suite: string): Promise<ImagePlan> {
  const firmware = [...(await candidateVersions(FIRMWARE_PACKAGES[flavour])).keys()];
  const packages = [KERNEL_PACKAGE[flavour], ...TOOLS, ...firmware];
  const versions = await pinnedVersions(packages);
  const hash = contentHash({
    builder: BUILDER_VERSION,
    flavour,
    suite,
    versions,
    agent: await agentSources(),
  });
  return { flavour, suite, packages, versions, hash };
}

async function agentSources(): Promise<string[]> {
  const names = (await readdir(AGENT_DIR)).sort();
  return Promise.all(names.map(async (name) => `${name}\n${await readFile(join(AGENT_DIR, name), 'utf8')}`));
}

async function buildImage(
  draft: string,
  plan: ImagePlan,
  report: ReturnType<typeof reporter>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const sources = await readDebianSources(plan.suite);
  report(
    'download',
    `${plan.packages.join(', ')} from ${renderDeb822Sources(sources).match(/^URIs: .*$/gm)?.length ?? 0} sources`,
  );
  const onLine = (line: string): void => report('download', line);
  await withExtractedPackages(
    { suite: plan.suite, sources, packages: plan.packages, onLine, signal },
    async (tree) => {
      report('assemble', 'collecting programs and modules');
      const kernelVersion = await findKernelVersion(tree);
      await copyFile(join(tree, 'boot', `vmlinuz-${kernelVersion}`), join(draft, 'vmlinuz'));
      const modulesDir = await firstExisting(
        [`lib/modules/${kernelVersion}`, `usr/lib/modules/${kernelVersion}`],
        tree,
      );
      const modules = await collectModules(modulesDir, (path) => carriesModule(plan.flavour, path));
      const firmware = await collectFirmware(tree, modules);
      const entries = withParents([
        ...(await collectPrograms(tree)),
        ...(await collectAgent(AGENT_DIR, plan.hash)),
        ...moduleEntries(kernelVersion, modules),
        ...firmware,
      ]);
      const archive = join(draft, 'initrd.cpio');
      await writeFile(archive, writeCpio(entries));
      report('compress', 'initrd.img');
      await runCommand('zstd', ['-q', '-19', '-T0', '--rm', archive, '-o', join(draft, 'initrd.img')], {
        signal,
      });
      const manifest: DiscoveryManifest = {
        hash: plan.hash,
        flavour: plan.flavour,
        suite: plan.suite,
        kernelVersion,
        packages: plan.versions,
        modules: modules.length,
        firmwareFiles: firmware.length,
        kernelArguments: KERNEL_ARGUMENTS,
      };
      await writeManifest(draft, manifest);
    },
  );
}

async function findKernelVersion(tree: string): Promise<string> {
  const kernel = (await readdir(join(tree, 'boot'))).find((name) => name.startsWith('vmlinuz-'));
  if (kernel) return kernel.slice('vmlinuz-'.length);
  throw new ImageError('image.missing_file', 'the kernel package holds no /boot/vmlinuz-*');
}

async function firstExisting(candidates: readonly string[], tree: string): Promise<string> {
  for (const candidate of candidates) if (await exists(join(tree, candidate))) return join(tree, candidate);
  throw new ImageError('image.missing_file', `none of ${candidates.join(', ')} is in the kernel package`);
}
