import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/actor.ts';
import { Database } from '../shared/database/database.ts';
import { asStanding, NodeLifecycle } from './node-lifecycle.ts';
import { destination, standingOf } from './node-transitions.ts';
import { findNode } from './nodes.repository.ts';

/** Tells of work on a machine that failed for good. */
@Injectable()
export class NodeMishaps {
  readonly #database: Database;
  readonly #lifecycle: NodeLifecycle;

  constructor(database: Database, lifecycle: NodeLifecycle) {
    this.#database = database;
    this.#lifecycle = lifecycle;
  }

  /** Fails the node when a change of state depended on the work; else it is noted beside the state. */
  async tell(
    work: { nodeId: string; forVersion?: number | undefined },
    mishap: { actor: Actor; message: string; remedy: string },
  ): Promise<void> {
    const { actor, message, remedy } = mishap;
    await this.#database.transaction(async (tx) => {
      const node = await findNode(tx, work.nodeId);
      if (node === null) return;
      const isOwed =
        work.forVersion === node.version && destination(standingOf(asStanding(node)), 'fail') !== null;
      if (isOwed)
        await this.#lifecycle.fail(tx, node.id, {
          actor,
          reason: message,
          nextAction: `${remedy} Then reset the node.`,
        });
      else await this.#lifecycle.progress(tx, node.id, { percent: null, message: `${message} ${remedy}` });
    });
  }
}
