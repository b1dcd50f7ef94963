import type { BootContext, BootDecider, BootScript, InstallFile } from '@halligan/pxe/boot';
import { notFound } from '@halligan/pxe/boot';
import { type BootEnv, EncodingError, findBootEnv, waitingScript } from '@halligan/pxe/boot-envs';
import { Injectable, Logger } from '@nestjs/common';
import { Artifacts } from '../artifacts/artifacts.ts';
import { InstallerNotReadyError, InstallerSettings } from '../artifacts/installer-settings.ts';
import { Loaders } from '../artifacts/loaders.ts';
import { type KnownNode, NodeBook } from '../book/node-book.ts';
import { NetbootSettings } from '../config.ts';
import { BootMarks } from '../timeline/boot-marks.ts';
import { expectedBootEnv } from './expected-boot-env.ts';
import { Identities } from './identities.ts';
import { InstallFiles } from './install-files.ts';

/** A boot env cannot be served now; the message is shown on the machine's screen while it waits. */
class NotReadyError extends Error {}

/** Says what a machine boots, from memory. Whatever is missing, the machine is told to wait and to ask again. */
@Injectable()
export class ServerBootDecider implements BootDecider {
  readonly #log = new Logger('BootDecider');
  readonly #nodes: NodeBook;
  readonly #artifacts: Artifacts;
  readonly #installers: InstallerSettings;
  readonly #installFiles: InstallFiles;
  readonly #loaders: Loaders;
  readonly #settings: NetbootSettings;
  readonly #marks: BootMarks;
  readonly #identities: Identities;

  constructor(
    nodes: NodeBook,
    artifacts: Artifacts,
    installers: InstallerSettings,
    installFiles: InstallFiles,
    loaders: Loaders,
    settings: NetbootSettings,
    marks: BootMarks,
    identities: Identities,
  ) {
    this.#nodes = nodes;
    this.#artifacts = artifacts;
    this.#installers = installers;
    this.#installFiles = installFiles;
    this.#loaders = loaders;
    this.#settings = settings;
    this.#marks = marks;
    this.#identities = identities;
  }

  async script(boot: BootContext): Promise<BootScript> {
    const node = this.#nodes.byMac(boot.mac);
    const name = expectedBootEnv(node);
    this.#marks.note(boot.mac, { name: 'script', at: Date.now(), begins: name });
    if (!node) this.#identities.learn(boot.mac);
    try {
      return await this.#scriptOf(name, boot, node);
    } catch (error) {
      return this.#waiting(name, node, error);
    }
  }

  async installFile(boot: BootContext): Promise<InstallFile> {
    const node = this.#nodes.byMac(boot.mac);
    const bootEnv = findBootEnv(expectedBootEnv(node));
    if (!node || !bootEnv?.installFile) throw notFound();
    return this.#installFiles.render(bootEnv, node, boot);
  }

  async #scriptOf(name: string, boot: BootContext, node: KnownNode | undefined): Promise<BootScript> {
    const bootEnv = findBootEnv(name);
    if (!bootEnv) throw new NotReadyError(`there is no boot env ${name}`);
    const title = `${node?.name ?? boot.mac}: ${bootEnv.description}`;
    switch (bootEnv.kind) {
      case 'local':
        return this.#local(bootEnv, title, boot);
      case 'installer':
        return this.#installer(bootEnv, title, boot, node);
      default:
        return this.#discovery(bootEnv, title, boot, node);
    }
  }

  #discovery(bootEnv: BootEnv, title: string, boot: BootContext, node: KnownNode | undefined): BootScript {
    const image = this.#artifacts.discovery();
    if ('missing' in image) throw new NotReadyError(image.missing);
    const files = { vmlinuz: image.kernel, 'initrd.img': image.initrd };
    const script = bootEnv.script({
      ...this.#common(title, boot),
      files: { kernel: boot.fileUrl('vmlinuz'), initrds: [boot.fileUrl('initrd.img')] },
      agentToken: boot.agentToken(),
      kernelArguments: `${image.kernelArguments} ${this.#argumentsOf(node)}`,
    });
    return { bootEnv: bootEnv.name, script, files, installFile: false };
  }

  #local(bootEnv: BootEnv, title: string, boot: BootContext): BootScript {
    const loader = this.#loaders.find('grub-local.efi');
    const script = bootEnv.script({
      ...this.#common(title, boot),
      localLoader: loader === null ? null : boot.fileUrl('grub-local.efi'),
    });
    return {
      bootEnv: bootEnv.name,
      script,
      files: loader === null ? {} : { 'grub-local.efi': loader },
      installFile: false,
    };
  }

  async #installer(
    bootEnv: BootEnv,
    title: string,
    boot: BootContext,
    node: KnownNode | undefined,
  ): Promise<BootScript> {
    const facts = await this.#installFiles.facts(node);
    const { kernel, initrds, source } = await this.#installers.of(bootEnv);
    const names = initrds.map((_, index) => (index === 0 ? 'initrd.img' : `initrd-${index}.img`));
    const script = bootEnv.script({
      ...this.#common(title, boot),
      files: { kernel: boot.fileUrl('vmlinuz'), initrds: names.map((name) => boot.fileUrl(name)) },
      kernelArguments: this.#argumentsOf(node),
      install: { facts, source },
    });
    const files = Object.fromEntries(names.map((name, index) => [name, initrds[index] ?? '']));
    return { bootEnv: bootEnv.name, script, files: { vmlinuz: kernel, ...files }, installFile: true };
  }

  #common(title: string, boot: BootContext) {
    return {
      title,
      mac: boot.mac,
      origin: boot.origin,
      files: { kernel: '', initrds: [] },
      localLoader: null,
      agentToken: '',
      installFileUrl: boot.installFileUrl,
      kernelArguments: '',
      install: null,
    };
  }

  #argumentsOf(node: KnownNode | undefined): string {
    return `${this.#settings.kernelArguments} ${node?.consoleArguments ?? ''}`.trim();
  }

  #waiting(bootEnv: string, node: KnownNode | undefined, error: unknown): BootScript {
    const expected =
      error instanceof NotReadyError ||
      error instanceof InstallerNotReadyError ||
      error instanceof EncodingError;
    if (!expected) throw error;
    this.#log.warn({
      msg: 'A machine has to wait for its boot env',
      bootEnv,
      node: node?.name,
      reason: error.message,
    });
    return { bootEnv, script: waitingScript(error.message), files: {}, installFile: false };
  }
}
