import type { BootContext, BootScript } from '@halligan/pxe/boot';
import { type BootEnv, findBootEnv, type ScriptInput } from '@halligan/pxe/boot-envs';
import { Injectable } from '@nestjs/common';
import { Artifacts } from '../artifacts/artifacts.ts';
import { InstallerSettings } from '../artifacts/installer-settings.ts';
import { Loaders } from '../artifacts/loaders.ts';
import { NotReadyError } from '../artifacts/not-ready.error.ts';
import type { KnownNode } from '../book/node-book.ts';
import { NetbootSettings } from '../config.ts';
import { InstallFiles } from './install-files.ts';

/** Renders the script of a boot env for one machine, and says which files it needs. */
@Injectable()
export class BootScripts {
  readonly #artifacts: Artifacts;
  readonly #installers: InstallerSettings;
  readonly #installFiles: InstallFiles;
  readonly #loaders: Loaders;
  readonly #settings: NetbootSettings;

  constructor(
    artifacts: Artifacts,
    installers: InstallerSettings,
    installFiles: InstallFiles,
    loaders: Loaders,
    settings: NetbootSettings,
  ) {
    this.#artifacts = artifacts;
    this.#installers = installers;
    this.#installFiles = installFiles;
    this.#loaders = loaders;
    this.#settings = settings;
  }

  /** @throws NotReadyError or EncodingError saying what to mend */
  async of(name: string, boot: BootContext, node: KnownNode | undefined): Promise<BootScript> {
    const bootEnv = findBootEnv(name);
    if (!bootEnv) throw new NotReadyError(`there is no boot env ${name}`);
    switch (bootEnv.kind) {
      case 'local':
        return this.#local(bootEnv, boot, node);
      case 'installer':
        return this.#installer(bootEnv, boot, node);
      default:
        return this.#discovery(bootEnv, boot, node);
    }
  }

  async #discovery(bootEnv: BootEnv, boot: BootContext, node: KnownNode | undefined): Promise<BootScript> {
    const image = await this.#artifacts.discovery();
    const script = bootEnv.script({
      ...this.#common(bootEnv, boot, node),
      files: { kernel: boot.fileUrl('vmlinuz'), initrds: [boot.fileUrl('initrd.img')] },
      agentToken: boot.agentToken(),
      kernelArguments: `${image.kernelArguments} ${this.#argumentsOf(node)}`,
    });
    const files = { vmlinuz: image.kernel, 'initrd.img': image.initrd };
    return { bootEnv: bootEnv.name, script, files, installFile: false };
  }

  #local(bootEnv: BootEnv, boot: BootContext, node: KnownNode | undefined): BootScript {
    const loader = this.#loaders.find('grub-local.efi');
    const localLoader = loader === null ? null : boot.fileUrl('grub-local.efi');
    const script = bootEnv.script({ ...this.#common(bootEnv, boot, node), localLoader });
    const files: Record<string, string> = loader === null ? {} : { 'grub-local.efi': loader };
    return { bootEnv: bootEnv.name, script, files, installFile: false };
  }

  async #installer(bootEnv: BootEnv, boot: BootContext, node: KnownNode | undefined): Promise<BootScript> {
    const facts = this.#installFiles.facts(node);
    const { kernel, initrds, source } = await this.#installers.of(bootEnv);
    const names = initrds.map((_, index) => (index === 0 ? 'initrd.img' : `initrd-${index}.img`));
    const script = bootEnv.script({
      ...this.#common(bootEnv, boot, node),
      files: { kernel: boot.fileUrl('vmlinuz'), initrds: names.map((name) => boot.fileUrl(name)) },
      kernelArguments: this.#argumentsOf(node),
      install: { facts, source },
    });
    const files = Object.fromEntries(names.map((name, index) => [name, initrds[index] ?? '']));
    return { bootEnv: bootEnv.name, script, files: { vmlinuz: kernel, ...files }, installFile: true };
  }

  #common(
    { description }: BootEnv,
    { mac, origin, installFileUrl }: BootContext,
    node: KnownNode | undefined,
  ): ScriptInput {
    return {
      title: `${node?.name ?? mac}: ${description}`,
      mac,
      origin,
      files: { kernel: '', initrds: [] },
      localLoader: null,
      agentToken: '',
      installFileUrl,
      kernelArguments: '',
      install: null,
    };
  }

  #argumentsOf(node: KnownNode | undefined): string {
    return `${this.#settings.kernelArguments} ${node?.consoleArguments ?? ''}`.trim();
  }
}
