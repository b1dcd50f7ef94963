import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bootEnvs } from '@halligan/pxe/boot-envs';
import { type DiscoveryImage, type DiscoveryManifest, ensureDiscoveryImage } from '@halligan/pxe/discovery';
import { ensureRootImage, type RootImage } from '@halligan/pxe/images';
import { Injectable, Logger } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { NetbootSettings } from '../config.ts';
import { NotReadyError } from './not-ready.error.ts';

export interface Discovery extends DiscoveryImage {
  kernelArguments: string;
}

const retryMs = 30_000;
/** A file under /agent/image/: which root image, by its hash. */
const imageName = /^(debian-\d{1,2})-([0-9a-f]{8,64})\.tar\.zst$/;

/** Kernels and images in the artifact cache; builds what is missing while the server is up already. */
@Injectable()
export class Artifacts {
  readonly #log = new Logger(Artifacts.name);
  readonly #cacheDir: string;
  readonly #flavour: NetbootSettings['flavour'];
  readonly #rootImages = new Map<string, Promise<RootImage>>();
  readonly #stop = new AbortController();
  #discovery: Discovery | null = null;
  #why = 'the discovery image is not ready yet';

  constructor(config: ServerConfig, settings: NetbootSettings) {
    this.#cacheDir = config.cacheDir;
    this.#flavour = settings.flavour;
  }

  /** The discovery image: the current one, or, where nobody prepared it, the newest in the cache. @throws NotReadyError */
  async discovery(): Promise<Discovery> {
    if (this.#discovery) return this.#discovery;
    const newest = await newestDiscovery(join(this.#cacheDir, 'discovery'), this.#flavour);
    if (newest) return newest;
    throw new NotReadyError(this.#why);
  }

  /** Looks the discovery image up, building it if need be; tries again until it is there. */
  async prepare(): Promise<void> {
    void this.#lookUpRootImages();
    try {
      const options = { cacheDir: this.#cacheDir, flavour: this.#flavour, signal: this.#stop.signal };
      const image = await ensureDiscoveryImage(options);
      this.#discovery = (await readDiscovery(image.dir, this.#flavour)) ?? { ...image, kernelArguments: '' };
      this.#log.log({ msg: 'The discovery image is ready', hash: image.hash });
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#why = `the discovery image cannot be built: ${(error as Error).message}`;
      this.#log.error({
        msg: 'The discovery image cannot be built; it is tried again',
        error: String(error),
      });
      setTimeout(() => void this.prepare(), retryMs).unref();
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Finds out beforehand which root images there are, for it takes seconds; those there are not are built when wanted. */
  async #lookUpRootImages(): Promise<void> {
    for (const { kind, platform } of bootEnvs) {
      if (kind !== 'image' || !platform?.codename) continue;
      if (!existsSync(join(this.#cacheDir, 'images', platform.name))) continue;
      await this.rootImage(platform.codename).catch((error: Error) =>
        this.#log.warn({ msg: 'A root image is not ready', platform: platform.name, error: error.message }),
      );
    }
  }

  /** A Debian release's root image, built if need be. */
  rootImage(codename: string): Promise<RootImage> {
    const known = this.#rootImages.get(codename);
    if (known) return known;
    const options = {
      cacheDir: this.#cacheDir,
      suite: codename,
      flavour: this.#flavour,
      signal: this.#stop.signal,
    };
    const image = ensureRootImage(options);
    this.#rootImages.set(codename, image);
    image.catch(() => this.#rootImages.delete(codename));
    return image;
  }

  /** The name under which agents fetch an image: it says which, so that a restarted server still knows. */
  static imageName({ name, hash }: Pick<RootImage, 'name' | 'hash'>): string {
    return `${name}-${hash}.tar.zst`;
  }

  /** The path of an image by that name, or null. */
  imagePath(name: string): string | null {
    const [, image, hash] = imageName.exec(name) ?? [];
    return image && hash ? join(this.#cacheDir, 'images', image, hash, 'root.tar.zst') : null;
  }
}

/** An image in the cache, with what its manifest says; null when it is of another flavour or not complete. */
async function readDiscovery(dir: string, flavour: string): Promise<Discovery | null> {
  const text = await readFile(join(dir, 'manifest.json'), 'utf8').catch(absentIsNull);
  if (text === null) return null;
  const manifest = JSON.parse(text) as DiscoveryManifest;
  if (manifest.flavour !== flavour) return null;
  const kernelArguments = manifest.kernelArguments.join(' ');
  return {
    dir,
    kernel: join(dir, 'vmlinuz'),
    initrd: join(dir, 'initrd.img'),
    hash: manifest.hash,
    kernelArguments,
  };
}

async function newestDiscovery(parent: string, flavour: string): Promise<Discovery | null> {
  const names = (await readdir(parent).catch(absentIsNull)) ?? [];
  const found: { image: Discovery; at: number }[] = [];
  for (const name of names) {
    const image = await readDiscovery(join(parent, name), flavour);
    if (image) found.push({ image, at: (await stat(image.kernel)).mtimeMs });
  }
  return found.sort((a, b) => b.at - a.at)[0]?.image ?? null;
}

function absentIsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
