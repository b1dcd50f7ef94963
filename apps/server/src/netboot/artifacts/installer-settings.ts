import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BootEnv, PackageSource } from '@halligan/pxe/boot-envs';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ServerConfig } from '../../config.ts';
import { Mirror } from '../mirror/mirror.ts';
import { NotReadyError } from './not-ready.error.ts';

const Source = z.object({
  url: z.url({ protocol: /^https?$/ }),
  proxy: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  suite: z.string().nullable().default(null),
  securityUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  updates: z.boolean().default(false),
  repositories: z.record(z.string(), z.url()).default({}),
});

const InstallerFile = z.strictObject({
  kernel: z.string().startsWith('/').optional(),
  initrds: z.array(z.string().startsWith('/')).min(1).optional(),
  source: Source.optional(),
});

const File = z.record(z.string(), InstallerFile);

/** What an installer boot env needs besides the node. */
export interface Installer {
  kernel: string;
  initrds: readonly string[];
  source: PackageSource;
}

/**
 * Kernel, initial file systems and package source of the installers: from `boot-envs.json` in the data folder where it
 * says something, else Debian's from its netboot package and the admin machine's own package sources.
 */
@Injectable()
export class InstallerSettings {
  readonly #dataDir: string;
  readonly #cacheDir: string;
  readonly #mirror: Mirror;

  constructor(config: ServerConfig, mirror: Mirror) {
    this.#dataDir = config.dataDir;
    this.#cacheDir = config.cacheDir;
    this.#mirror = mirror;
  }

  /** @throws NotReadyError */
  async of(bootEnv: BootEnv): Promise<Installer> {
    const said = (await this.#read())[bootEnv.name] ?? {};
    const { kernel, initrds } =
      said.kernel && said.initrds ? { kernel: said.kernel, initrds: said.initrds } : this.#files(bootEnv);
    for (const path of [kernel, ...initrds]) {
      if (!existsSync(path)) throw new NotReadyError(`${bootEnv.name}: there is no file ${path}`);
    }
    return { kernel, initrds, source: said.source ?? (await this.#debianSource(bootEnv)) };
  }

  async #read(): Promise<z.infer<typeof File>> {
    const path = join(this.#dataDir, 'boot-envs.json');
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    const parsed = File.safeParse(parseJson(path, text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new NotReadyError(`${path}: ${issue?.path.join('.')}: ${issue?.message}`);
  }

  #files({ name, platform }: BootEnv): { kernel: string; initrds: string[] } {
    const version = platform?.family === 'debian' ? platform.name.replace('debian-', '') : null;
    const folders = [
      join(this.#cacheDir, 'installer', platform?.name ?? name),
      ...(version ? [`/usr/lib/debian-installer/images/${version}/amd64/text/debian-installer/amd64`] : []),
    ];
    const folder = folders.find((each) => existsSync(join(each, 'linux')));
    if (folder) return { kernel: join(folder, 'linux'), initrds: [join(folder, 'initrd.gz')] };
    const remedy = version
      ? `install the package debian-installer-${version}-netboot-amd64 or name kernel and initrds in boot-envs.json`
      : 'name kernel, initrds and source in boot-envs.json of the data folder';
    throw new NotReadyError(`${name}: there is no installer kernel; ${remedy}`);
  }

  async #debianSource({ name, platform }: BootEnv): Promise<PackageSource> {
    if (platform?.family !== 'debian' || !platform.codename) {
      throw new NotReadyError(
        `${name}: name its install tree as source.url in boot-envs.json of the data folder`,
      );
    }
    const sources = await this.#mirror.debianSources(platform.codename);
    const main = sources.find(({ suite }) => suite === platform.codename);
    if (!main)
      throw new NotReadyError(`${name}: this machine has no package source for ${platform.codename}`);
    return {
      url: main.uri,
      proxy: this.#mirror.url,
      suite: null,
      securityUrl: sources.find(({ suite }) => suite.endsWith('-security'))?.uri ?? null,
      updates: sources.some(({ suite }) => suite.endsWith('-updates')),
      repositories: {},
    };
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NotReadyError(`${path} is not JSON: ${(error as Error).message}`);
  }
}
