import { ensureLocalGrub, locateLoaders } from '@halligan/pxe/loaders';
import { Injectable, Logger } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';

/** Boot loaders by the name they are fetched under. */
@Injectable()
export class Loaders {
  readonly #log = new Logger(Loaders.name);
  readonly #cacheDir: string;
  readonly #paths = locateLoaders();

  constructor(config: ServerConfig) {
    this.#cacheDir = config.cacheDir;
  }

  /** Adds the loader that starts a UEFI machine's own disk, building it if need be. */
  async prepare(): Promise<void> {
    if (this.#paths.size === 0) {
      this.#log.error({ msg: 'There are no boot loaders: install the Debian package ipxe' });
    }
    try {
      this.#paths.set('grub-local.efi', await ensureLocalGrub({ cacheDir: this.#cacheDir }));
    } catch (error) {
      this.#log.error({ msg: 'UEFI machines cannot start their own disk', error: String(error) });
    }
  }

  /** The names of all loaders there are. */
  names(): string[] {
    return [...this.#paths.keys()];
  }

  /** Absolute path of a loader, or null. */
  find(name: string): string | null {
    return this.#paths.get(name) ?? null;
  }
}
