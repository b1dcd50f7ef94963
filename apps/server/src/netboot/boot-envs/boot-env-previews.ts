import type { BootContext } from '@halligan/pxe/boot';
import { type BootEnv, bootEnvs, EncodingError, findBootEnv } from '@halligan/pxe/boot-envs';
import { Injectable } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { ADMIN_NETWORK } from '../../networks/network-facts.ts';
import { NetworkReader } from '../../networks/network-reader.ts';
import { installParameters } from '../../nodes/install-parameters.ts';
import { findNodeByEither, type NodeRow } from '../../nodes/nodes.repository.ts';
import { Database } from '../../shared/database/database.ts';
import { ProblemError } from '../../shared/problem.error.ts';
import { Artifacts } from '../artifacts/artifacts.ts';
import { InstallerSettings } from '../artifacts/installer-settings.ts';
import { NotReadyError } from '../artifacts/not-ready.error.ts';
import type { KnownNode } from '../book/node-book.ts';
import { BootScripts } from '../boot/boot-scripts.ts';
import { InstallFiles } from '../boot/install-files.ts';
import type { BootEnvPreview, BootEnvView } from './boot-env.dto.ts';

/** Stands for every token while rendering; must be what the encoders let pass. */
const placeholder = 'token-not-shown';

/** Shows what a node would be given, without giving it. */
@Injectable()
export class BootEnvPreviews {
  readonly #config: ServerConfig;
  readonly #database: Database;
  readonly #networks: NetworkReader;
  readonly #scripts: BootScripts;
  readonly #installFiles: InstallFiles;
  readonly #installers: InstallerSettings;
  readonly #artifacts: Artifacts;

  constructor(
    config: ServerConfig,
    database: Database,
    networks: NetworkReader,
    scripts: BootScripts,
    installFiles: InstallFiles,
    installers: InstallerSettings,
    artifacts: Artifacts,
  ) {
    this.#config = config;
    this.#database = database;
    this.#networks = networks;
    this.#scripts = scripts;
    this.#installFiles = installFiles;
    this.#installers = installers;
    this.#artifacts = artifacts;
  }

  list(): Promise<BootEnvView[]> {
    return Promise.all(
      bootEnvs.map(async (bootEnv) => ({
        name: bootEnv.name,
        description: bootEnv.description,
        kind: bootEnv.kind,
        platform: bootEnv.platform?.name ?? null,
        problem: await this.#problemOf(bootEnv),
      })),
    );
  }

  /** Throws a ProblemError: no such boot env or node, or what the node or the boot env lacks. */
  async preview(name: string, idOrName: string): Promise<BootEnvPreview> {
    const bootEnv = findBootEnv(name);
    if (!bootEnv) {
      const remedy = `Choose one of ${bootEnvs.map((each) => each.name).join(', ')}.`;
      throw new ProblemError(404, 'boot_env.not_found', `There is no boot env ${name}.`, { remedy });
    }
    const row = await findNodeByEither(this.#database.db, idOrName);
    if (!row) throw new ProblemError(404, 'node.not_found', `There is no node ${idOrName}.`);
    return this.#render(bootEnv, await this.#knownNode(row, bootEnv));
  }

  async #render(bootEnv: BootEnv, node: KnownNode): Promise<BootEnvPreview> {
    const boot = this.#contextOf(node);
    try {
      const { script, installFile } = await this.#scripts.of(bootEnv.name, boot, node);
      const file = installFile ? await this.#installFiles.render(bootEnv, node, boot) : null;
      return { script: hide(script), installFile: file && hide(file.text) };
    } catch (error) {
      if (!(error instanceof NotReadyError || error instanceof EncodingError)) throw error;
      throw new ProblemError(409, error.code, error.message);
    }
  }

  async #problemOf({ kind, ...bootEnv }: BootEnv): Promise<string | null> {
    try {
      if (kind === 'installer') await this.#installers.of({ kind, ...bootEnv });
      if (kind === 'discovery' || kind === 'image') await this.#artifacts.discovery();
      return null;
    } catch (error) {
      if (!(error instanceof NotReadyError)) throw error;
      return error.message;
    }
  }

  async #knownNode(row: NodeRow, bootEnv: BootEnv): Promise<KnownNode> {
    const installs = bootEnv.kind === 'installer';
    const network = installs ? await this.#networks.byName(ADMIN_NETWORK) : null;
    return {
      nodeId: row.id,
      name: row.name,
      state: row.state,
      nextBoot: 'os-install',
      bootEnv: bootEnv.name,
      consoleArguments: row.consoleArguments,
      nics: row.nics.map(({ mac }) => ({ mac, address: null })),
      install: installs ? installParameters({ ...row, bootEnv: bootEnv.name }, network) : null,
    };
  }

  #contextOf(node: KnownNode): BootContext {
    const origin = this.#config.publicBootUrl;
    const here = `${origin}/boot/${placeholder}`;
    return {
      bootId: '',
      mac: node.nics[0]?.mac ?? '00:00:00:00:00:00',
      address: '',
      origin,
      fileUrl: (name) => `${here}/f/${name}`,
      installFileUrl: `${here}/install-file`,
      agentToken: () => placeholder,
      installToken: () => placeholder,
      firstBootToken: () => placeholder,
    };
  }
}

function hide(text: string): string {
  return text.replaceAll(placeholder, '•••');
}
