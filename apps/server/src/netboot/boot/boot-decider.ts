import type { BootContext, BootDecider, BootScript, InstallFile } from '@halligan/pxe/boot';
import { notFound } from '@halligan/pxe/boot';
import { EncodingError, findBootEnv, waitingScript } from '@halligan/pxe/boot-envs';
import { Injectable, Logger } from '@nestjs/common';
import { NodeBoots } from '../../nodes/node-boots.ts';
import { NotReadyError } from '../artifacts/not-ready.error.ts';
import { type KnownNode, NodeBook } from '../book/node-book.ts';
import { BootMarks } from '../timeline/boot-marks.ts';
import { BootScripts } from './boot-scripts.ts';
import { expectedBootEnv } from './expected-boot-env.ts';
import { Identities } from './identities.ts';
import { InstallFiles } from './install-files.ts';

/** Says what a machine boots, from memory. Whatever is missing, the machine is told to wait and to ask again. */
@Injectable()
export class ServerBootDecider implements BootDecider {
  readonly #log = new Logger('BootDecider');
  readonly #nodes: NodeBook;
  readonly #boots: NodeBoots;
  readonly #scripts: BootScripts;
  readonly #installFiles: InstallFiles;
  readonly #marks: BootMarks;
  readonly #identities: Identities;

  constructor(
    nodes: NodeBook,
    boots: NodeBoots,
    scripts: BootScripts,
    installFiles: InstallFiles,
    marks: BootMarks,
    identities: Identities,
  ) {
    this.#nodes = nodes;
    this.#boots = boots;
    this.#scripts = scripts;
    this.#installFiles = installFiles;
    this.#marks = marks;
    this.#identities = identities;
  }

  async script(boot: BootContext): Promise<BootScript> {
    const node = this.#nodes.byMac(boot.mac);
    const name = expectedBootEnv(node);
    this.#marks.note(boot.mac, { name: 'script', at: Date.now(), begins: name });
    if (!node) this.#identities.learn(boot.mac);
    try {
      return await this.#scripts.of(name, boot, node);
    } catch (error) {
      return this.#waiting(name, node, error);
    }
  }

  /** From here on the node counts as being installed. */
  async installFile(boot: BootContext): Promise<InstallFile> {
    const node = this.#nodes.byMac(boot.mac);
    const bootEnv = findBootEnv(expectedBootEnv(node));
    if (!node || !bootEnv?.installFile) throw notFound();
    const file = await this.#installFiles.render(bootEnv, node, boot);
    await this.#boots.installerStarted(node.nodeId);
    return file;
  }

  #waiting(bootEnv: string, node: KnownNode | undefined, error: unknown): BootScript {
    if (!(error instanceof NotReadyError || error instanceof EncodingError)) throw error;
    this.#log.warn({
      msg: 'A machine has to wait for its boot env',
      bootEnv,
      node: node?.name,
      reason: error.message,
    });
    return { bootEnv, script: waitingScript(error.message), files: {}, installFile: false };
  }
}
