import { join } from 'node:path';
import { type DiscoveryManifest, ensureDiscoveryImage } from '@halligan/pxe/discovery';
import { ensureRootImage, ROOT_IMAGE_FILE, type RootImage, type RootManifest } from '@halligan/pxe/images';
import { Injectable, Logger } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { NetbootSettings } from '../config.ts';
import { newestArtifact } from './newest-artifact.ts';
import { NotReadyError } from './not-ready.error.ts';

/** What the discovery system is booted with. */
export interface Discovery {
  kernel: string;
  initrd: string;
  kernelArguments: string;
}

const retryMs = 30_000;
/** A rack that boots at once must not read the cache's folders for each machine. */
const lookAgainMs = 2_000;
/** A file under /agent/image/: which root image, by its hash. */
const imageName = /^([a-z]+-\d{1,2})-([0-9a-f]{8,64})\.img\.zst$/;

/**
 * Kernels and images of the artifact cache. The newest there is is used: when a new one is built is the operator's
 * decision (`npm run image`). Only what is not there at all is built from here.
 */
@Injectable()
export class Artifacts {
  readonly #log = new Logger(Artifacts.name);
  readonly #cacheDir: string;
  readonly #flavour: NetbootSettings['flavour'];
  readonly #building = new Map<string, Promise<RootImage>>();
  readonly #stop = new AbortController();
  #discovery: { image: Discovery; until: number } | null = null;
  #why = 'there is no discovery image yet: run npm run image -- discovery';

  constructor(config: ServerConfig, settings: NetbootSettings) {
    this.#cacheDir = config.cacheDir;
    this.#flavour = settings.flavour;
  }

  /** The discovery image. @throws NotReadyError */
  async discovery(): Promise<Discovery> {
    if (this.#discovery && this.#discovery.until > Date.now()) return this.#discovery.image;
    const parent = join(this.#cacheDir, 'discovery');
    const wanted = { flavour: this.#flavour, file: 'initrd.img' };
    const newest = await newestArtifact<DiscoveryManifest>(parent, wanted);
    if (!newest) throw new NotReadyError(this.#why);
    const { dir, manifest } = newest;
    const image = {
      kernel: join(dir, 'vmlinuz'),
      initrd: join(dir, 'initrd.img'),
      kernelArguments: manifest.kernelArguments.join(' '),
    };
    this.#discovery = { image, until: Date.now() + lookAgainMs };
    return image;
  }

  /** Sees to it that there is a discovery image; tries again until there is. Never rejects. */
  async prepare(): Promise<void> {
    try {
      await this.discovery().catch((error: unknown) => this.#buildDiscovery(error));
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

  /** A Debian release's root image, built if there is none. */
  async rootImage({ name, codename }: { name: string; codename: string }): Promise<RootImage> {
    const newest = await newestArtifact<RootManifest>(join(this.#cacheDir, 'images', name), {
      flavour: this.#flavour,
      file: ROOT_IMAGE_FILE,
    });
    if (!newest) return this.#buildRootImage(codename);
    const { sha256, sizeBytes, hash } = newest.manifest;
    return { path: join(newest.dir, ROOT_IMAGE_FILE), sha256, sizeBytes, hash, name };
  }

  /** The name under which agents fetch an image: it says which, so that a restarted server still knows. */
  static imageName({ name, hash }: Pick<RootImage, 'name' | 'hash'>): string {
    return `${name}-${hash}.img.zst`;
  }

  /** The path of an image by that name, or null. */
  imagePath(name: string): string | null {
    const [, image, hash] = imageName.exec(name) ?? [];
    return image && hash ? join(this.#cacheDir, 'images', image, hash, ROOT_IMAGE_FILE) : null;
  }

  async #buildDiscovery(cause: unknown): Promise<void> {
    if (!(cause instanceof NotReadyError)) throw cause;
    this.#why = 'the discovery image is being built';
    await ensureDiscoveryImage(this.#options());
    this.#log.log({ msg: 'The discovery image is ready' });
  }

  #buildRootImage(codename: string): Promise<RootImage> {
    const running = this.#building.get(codename);
    if (running) return running;
    this.#log.log({ msg: 'A root image is being built', codename });
    const image = ensureRootImage({ ...this.#options(), suite: codename });
    this.#building.set(codename, image);
    return image.finally(() => this.#building.delete(codename));
  }

  #options() {
    return { cacheDir: this.#cacheDir, flavour: this.#flavour, signal: this.#stop.signal };
  }
}
