import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';

/** Boot loaders by the name they are fetched under. */
@Injectable()
export class Loaders {
  readonly #folders: readonly string[];

  constructor(config: ServerConfig) {
    this.#folders = [join(config.cacheDir, 'loaders'), '/usr/lib/ipxe'];
  }

  /** Absolute path of a loader, or null. */
  find(name: string): string | null {
    if (!/^[a-z0-9][a-z0-9-]*\.(efi|kpxe|pxe)$/.test(name)) return null;
    return this.#folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
  }
}
