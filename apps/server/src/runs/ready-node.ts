import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { BootTimeline } from '../nodes/boot-timeline.ts';
import { NodeLifecycle } from '../nodes/node-lifecycle.ts';
import { type NodeFacts, NodeReader } from '../nodes/node-reader.ts';
import { SYSTEM } from '../shared/actor.ts';
import { Database } from '../shared/database/database.ts';
import { ShellError } from '../ssh/shell-error.ts';
import { Shells } from '../ssh/shells.ts';
import { platformOf } from './os-release.ts';
import { RunnerClient } from './runner-client.ts';

const PAUSE_MS = 1_000;
const COMMAND_MS = 20_000;

/** The job that makes a freshly installed node ready: reached over SSH with its pinned key, known, with the runner on it. */
@Injectable()
export class ReadyNode {
  readonly #database: Database;
  readonly #nodes: NodeReader;
  readonly #lifecycle: NodeLifecycle;
  readonly #timeline: BootTimeline;
  readonly #shells: Shells;
  readonly #client: RunnerClient;
  readonly #log = new Logger(ReadyNode.name);

  constructor(
    database: Database,
    nodes: NodeReader,
    lifecycle: NodeLifecycle,
    timeline: BootTimeline,
    shells: Shells,
    client: RunnerClient,
  ) {
    this.#database = database;
    this.#nodes = nodes;
    this.#lifecycle = lifecycle;
    this.#timeline = timeline;
    this.#shells = shells;
    this.#client = client;
  }

  /** Tries until the node is ready, cannot become so, or is no longer meant to: its deadline ends the waiting. */
  async handle(nodeId: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const node = await this.#nodes.one(nodeId);
      if (node?.state !== 'readying') return;
      if (await this.#attempt(node)) return;
      await delay(PAUSE_MS, undefined, { signal });
    }
  }

  async #attempt(node: NodeFacts): Promise<boolean> {
    try {
      await this.#makeReady(node);
      return true;
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      if (!error.passing) await this.#fail(node, error);
      else this.#log.debug({ msg: 'not reached yet', node: node.name, error: error.message });
      return !error.passing;
    }
  }

  async #makeReady(node: NodeFacts): Promise<void> {
    const { stdout, status } = await this.#shells.exec(node, 'cat /etc/os-release', {
      timeoutMs: COMMAND_MS,
    });
    await this.#timeline.mark(node.id, 'first-ssh');
    await this.#client.install(node);
    const platform = status === 0 ? platformOf(stdout) : null;
    await this.#database.transaction(async (tx) => {
      const now = await this.#nodes.one(node.id, tx);
      if (now?.state !== 'readying') return;
      await this.#lifecycle.transition(tx, node.id, 'ready', {
        actor: SYSTEM,
        ...(platform === null ? {} : { changes: { platform } }),
      });
    });
  }

  async #fail(node: NodeFacts, error: ShellError): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const now = await this.#nodes.one(node.id, tx);
      if (now?.state === 'readying')
        await this.#lifecycle.fail(tx, node.id, { actor: SYSTEM, reason: error.message });
    });
  }
}
