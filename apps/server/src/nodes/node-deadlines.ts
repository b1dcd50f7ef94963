import { Injectable, Logger } from '@nestjs/common';
import { SYSTEM } from '../shared/actor.ts';
import { Database } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { NodeLifecycle } from './node-lifecycle.ts';
import { type NodeState, nodeStates } from './node-state.ts';
import { overdueNodes } from './nodes.repository.ts';

const BATCH = 200;

/** Fails the nodes that did not get on in time. Deadlines stand in the database, so no restart loses one. */
@Injectable()
export class NodeDeadlines {
  readonly #database: Database;
  readonly #lifecycle: NodeLifecycle;
  readonly #log = new Logger(NodeDeadlines.name);

  constructor(database: Database, lifecycle: NodeLifecycle) {
    this.#database = database;
    this.#lifecycle = lifecycle;
  }

  /** Answers how many nodes it failed. Several workers may sweep at once: each node fails once. */
  async sweep(now = new Date()): Promise<number> {
    let failed = 0;
    for (const node of await overdueNodes(this.#database.db, now, BATCH)) {
      if (await this.#fail(node)) failed += 1;
    }
    return failed;
  }

  async #fail(node: { id: string; version: number; state: string }): Promise<boolean> {
    const options = {
      actor: SYSTEM,
      expectedVersion: node.version,
      reason: overdueReason(node.state as NodeState),
    };
    try {
      const row = await this.#database.transaction((tx) => this.#lifecycle.fail(tx, node.id, options));
      this.#log.log({ msg: 'A node missed its deadline', node: row.name, state: node.state });
      return true;
    } catch (error) {
      // It got on, or is gone, between the look and now.
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }
}

/** What was awaited, and for how long. */
export function overdueReason(state: NodeState): string {
  const { deadlineSeconds = 0, aimsAt, meaning } = nodeStates[state];
  const aim = aimsAt === undefined ? 'Nothing came' : `It did not become ${aimsAt}`;
  return `${aim} within ${deadlineSeconds / 60} minutes. Expected was: ${meaning}`;
}
