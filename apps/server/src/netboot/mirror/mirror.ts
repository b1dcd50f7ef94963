import { join } from 'node:path';
import { type AptSource, readAptSources, readDebianSources } from '@halligan/pxe/images';
import { Injectable, Logger } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { NetbootSettings } from '../config.ts';
import { adminAptProxy } from './admin-proxy.ts';
import { startAptCacher } from './apt-cacher.ts';
import { mirroredUrls, nodeSources } from './mirror-plan.ts';
import type { ChildEvent, SupervisedChild } from './supervised-child.ts';

/** The caching package mirror on the boot interface: nodes' only way to packages, and only to this machine's own sources. */
@Injectable()
export class Mirror {
  readonly #log = new Logger(Mirror.name);
  readonly #config: ServerConfig;
  readonly #settings: NetbootSettings;
  #child: SupervisedChild | null = null;

  constructor(config: ServerConfig, settings: NetbootSettings) {
    this.#config = config;
    this.#settings = settings;
  }

  /** To be used as an HTTP proxy. */
  get url(): string {
    return `http://${this.#config.bootAddress}:${this.#settings.mirrorPort}`;
  }

  get isHealthy(): boolean {
    return this.#child?.isHealthy ?? false;
  }

  async start(): Promise<void> {
    this.#child = await startAptCacher({
      dir: join(this.#config.dataDir, 'mirror'),
      address: this.#config.bootAddress,
      port: this.#settings.mirrorPort,
      proxy: this.#settings.mirrorProxy ?? (await adminAptProxy()),
      upstreams: mirroredUrls(await readAptSources()),
      onEvent: (event) => this.#tell(event),
    });
  }

  async stop(): Promise<void> {
    await this.#child?.stop();
  }

  /** The package sources of a Debian release as a node writes them; it reaches them through `url`. */
  async debianSources(codename: string): Promise<AptSource[]> {
    return nodeSources(await readDebianSources(codename));
  }

  #tell(event: ChildEvent): void {
    if (event.kind === 'ended') {
      this.#log.error({ msg: 'The package mirror ended; it is started again', ...event });
    } else if (event.kind === 'unhealthy') {
      this.#log.warn({ msg: 'The package mirror does not answer' });
    } else {
      this.#log.debug(`package mirror ${event.kind}`);
    }
  }
}
