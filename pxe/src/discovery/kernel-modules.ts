import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageError } from '../images/image-error.ts';
import { runForBytes } from '../images/run-command.ts';
import { type ModuleInfo, parseModuleInfo } from './elf-module-info.ts';

export interface KernelModule extends ModuleInfo {
  name: string;
  /** Path below the modules directory, without any compression suffix: `kernel/drivers/net/virtio_net.ko`. */
  path: string;
  content: Buffer;
}

/**
 * The modules `wanted` accepts by path, and all they depend on, each after its dependencies. Modules that Debian
 * compressed are unpacked, because busybox hands the kernel the file as it is.
 */
export async function collectModules(
  modulesDir: string,
  wanted: (path: string) => boolean,
): Promise<KernelModule[]> {
  const available = await listModules(modulesDir);
  const collected = new Map<string, KernelModule>();
  const visit = async (name: string): Promise<void> => {
    const file = available.get(name);
    if (!file || collected.has(name)) return;
    const content = await readModule(join(modulesDir, file));
    const info = parseModuleInfo(content);
    if (!info) throw new ImageError('image.bad_kernel_module', `${file} has no .modinfo section`);
    for (const dependency of info.depends) await visit(moduleName(dependency));
    collected.set(name, { ...info, name, path: file.replace(COMPRESSION, ''), content });
  };
  for (const [name, file] of available) if (wanted(file.replace(COMPRESSION, ''))) await visit(name);
  return [...collected.values()];
}

/** modules.dep: each module's dependencies from last to first loaded, the order in which modprobe walks it backwards. */
export function renderModulesDep(modules: readonly KernelModule[]): string {
  const position = new Map(modules.map(({ name }, index) => [name, index]));
  const gather = (module: KernelModule, into: Set<number>): Set<number> => {
    for (const name of module.depends) {
      const index = position.get(moduleName(name));
      const dependency = index === undefined ? undefined : modules[index];
      if (index === undefined || !dependency || into.has(index)) continue;
      into.add(index);
      gather(dependency, into);
    }
    return into;
  };
  const line = (module: KernelModule): string => {
    const dependencies = [...gather(module, new Set())]
      .sort((a, b) => b - a)
      .map((index) => modules[index]?.path);
    return `${[`${module.path}:`, ...dependencies].join(' ')}\n`;
  };
  return modules.map(line).join('');
}

/** modules.alias: which device each module is for. */
export function renderModulesAlias(modules: readonly KernelModule[]): string {
  return modules.flatMap(({ name, aliases }) => aliases.map((alias) => `alias ${alias} ${name}\n`)).join('');
}

const COMPRESSION = /\.(xz|zst|gz)$/;
const DECOMPRESSORS: Record<string, string> = { xz: 'xz', zst: 'zstd', gz: 'gzip' };

async function listModules(modulesDir: string): Promise<Map<string, string>> {
  const paths = (await readdir(join(modulesDir, 'kernel'), { recursive: true })).sort();
  const modules = paths.filter((path) => /\.ko(\.(xz|zst|gz))?$/.test(path));
  return new Map(modules.map((path) => [moduleName(path.replace(/^.*\//, '')), `kernel/${path}`]));
}

function moduleName(file: string): string {
  return file.replace(/\.ko(\..*)?$/, '').replaceAll('-', '_');
}

async function readModule(path: string): Promise<Buffer> {
  const suffix = COMPRESSION.exec(path)?.[1];
  if (!suffix) return readFile(path);
  return runForBytes(DECOMPRESSORS[suffix] ?? 'xz', ['-dc', path]);
}
