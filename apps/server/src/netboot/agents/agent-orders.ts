import type { ActionTokens, AgentAction } from '@halligan/pxe/boot';
import { findBootEnv } from '@halligan/pxe/boot-envs';
import { renderOneLineSources } from '@halligan/pxe/images';
import { Injectable } from '@nestjs/common';
import { AgentActions, type AgentOrder } from '../../nodes/agent-actions.ts';
import type { InstallParameters } from '../../nodes/install-parameters.ts';
import { SshKeyPair } from '../../shared/secrets.ts';
import { Artifacts } from '../artifacts/artifacts.ts';
import { NetbootSettings } from '../config.ts';
import { Mirror } from '../mirror/mirror.ts';
import { installImageParams, type Params } from './install-image-params.ts';

/** Turns what a node is to do into what its agent is told: adds images, keys, package sources and tokens. */
@Injectable()
export class AgentOrders {
  readonly #actions: AgentActions;
  readonly #artifacts: Artifacts;
  readonly #mirror: Mirror;
  readonly #keys: SshKeyPair;
  readonly #settings: NetbootSettings;

  constructor(
    actions: AgentActions,
    artifacts: Artifacts,
    mirror: Mirror,
    keys: SshKeyPair,
    settings: NetbootSettings,
  ) {
    this.#actions = actions;
    this.#artifacts = artifacts;
    this.#mirror = mirror;
    this.#keys = keys;
    this.#settings = settings;
  }

  /** The node's next action, or null. An action that cannot be given out is failed with the cause. */
  async next(nodeId: string, tokens: ActionTokens): Promise<AgentAction | null> {
    const order = await this.#actions.next(nodeId);
    if (order === null) return null;
    try {
      return { id: order.id, kind: order.kind, params: await this.#params(order, tokens) };
    } catch (error) {
      await this.#actions.report(nodeId, order.id, { status: 'failed', message: (error as Error).message });
      return null;
    }
  }

  async #params(order: AgentOrder, tokens: ActionTokens): Promise<Params> {
    switch (order.kind) {
      case 'wipe':
        return [
          ['disk', order.params.disk],
          ['method', 'quick'],
        ];
      case 'install-image':
        return this.#installImage(order.params, tokens);
      default:
        return [];
    }
  }

  async #installImage(facts: InstallParameters, { origin, firstBootToken }: ActionTokens): Promise<Params> {
    const { name, codename } = findBootEnv(facts.bootEnv)?.platform ?? {};
    if (!name || !codename) throw new Error(`${facts.bootEnv} is no boot env with an image`);
    const [image, sources] = await Promise.all([
      this.#artifacts.rootImage({ name, codename }),
      this.#mirror.debianSources(codename),
    ]);
    return installImageParams(facts, {
      origin,
      image,
      firstBootToken: firstBootToken(),
      sshKeys: [this.#keys.publicKey],
      kernelArguments: this.#settings.kernelArguments,
      aptProxy: this.#mirror.url,
      aptSources: renderOneLineSources(sources),
    });
  }
}
