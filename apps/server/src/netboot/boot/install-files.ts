import type { BootContext, InstallFile } from '@halligan/pxe/boot';
import { notFound } from '@halligan/pxe/boot';
import { type BootEnv, firstBootFiles, firstBootUnit, type InstallFacts } from '@halligan/pxe/boot-envs';
import { Injectable } from '@nestjs/common';
import { SshKeyPair } from '../../shared/secrets.ts';
import { InstallerSettings } from '../artifacts/installer-settings.ts';
import { NotReadyError } from '../artifacts/not-ready.error.ts';
import type { KnownNode } from '../book/node-book.ts';
import { NetbootSettings } from '../config.ts';

/** Kickstarts and preseeds for nodes that an installer installs. */
@Injectable()
export class InstallFiles {
  readonly #installers: InstallerSettings;
  readonly #keys: SshKeyPair;
  readonly #settings: NetbootSettings;

  constructor(installers: InstallerSettings, keys: SshKeyPair, settings: NetbootSettings) {
    this.#installers = installers;
    this.#keys = keys;
    this.#settings = settings;
  }

  /** What is known of the node that is to be installed. @throws NotReadyError saying what is lacking */
  facts(node: KnownNode | undefined): InstallFacts {
    const { install } = node ?? { install: null };
    if (!install) throw new NotReadyError('this machine is not to be installed');
    if ('lacking' in install) throw new NotReadyError(install.lacking);
    const { hostname, address, gateway, dns, nicMac, disk, firmware, consoleArguments } = install;
    return {
      ...{ hostname, address, gateway, dns, nicMac, disk, firmware },
      domain: '',
      flavour: this.#settings.flavour,
      kernelArguments: `${this.#settings.kernelArguments} ${consoleArguments}`.trim(),
      timezone: 'Etc/UTC',
      ntp: [],
    };
  }

  /** The install file of this very boot, with tokens minted now. */
  async render(bootEnv: BootEnv, node: KnownNode, boot: BootContext): Promise<InstallFile> {
    if (!bootEnv.installFile) throw notFound();
    const { source } = await this.#installers.of(bootEnv);
    const call = { url: `${boot.origin}/agent/first-boot`, token: boot.firstBootToken(node.nodeId) };
    const { text, contentType } = bootEnv.installFile({
      facts: this.facts(node),
      source,
      sshKeys: [this.#keys.publicKey],
      installed: { url: `${boot.origin}/agent/installed`, token: boot.installToken(node.nodeId) },
      files: await firstBootFiles(call),
      units: [firstBootUnit],
    });
    return { text, contentType };
  }
}
