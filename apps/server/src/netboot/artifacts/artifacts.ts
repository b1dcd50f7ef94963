import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiscoveryImage, type DiscoveryManifest, ensureDiscoveryImage } from '@halligan/pxe/discovery';
import { ensureRootImage, type RootImage } from '@halligan/pxe/images';
import { Injectable, Logger } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { NetbootSettings } from '../config.ts';

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

  /** The discovery image, or why there is none. */
  discovery(): Discovery | { missing: string } {
    return this.#discovery ?? { missing: this.#why };
  }

  /** Looks the discovery image up, building it if need be; tries again until it is there. */
  async prepare(): Promise<void> {
    try {
      const options = { cacheDir: this.#cacheDir, flavour: this.#flavour, signal: this.#stop.signal };
      const image = await ensureDiscoveryImage(options);
      const manifest = JSON.parse(
        await readFile(join(image.dir, 'manifest.json'), 'utf8'),
      ) as DiscoveryManifest;
      this.#discovery = { ...image, kernelArguments: manifest.kernelArguments.join(' ') };
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
