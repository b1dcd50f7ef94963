import { Injectable } from '@nestjs/common';
import { NodeLifecycle } from '../nodes/node-lifecycle.ts';
import { NodeReader } from '../nodes/node-reader.ts';
import { SYSTEM } from '../shared/actor.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { endWaiting, findNodeRun, moveNodeRun } from './node-runs.repository.ts';
import type { NodeRunFacts } from './run-facts.ts';
import { RunProgress } from './run-progress.ts';
import { endRunningSteps } from './step-runs.repository.ts';

/** How a node run ended. */
export interface NodeRunEnd {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly reason: string;
}

/** Ends node runs: the node's state, what was behind it, and what comes next, all in one transaction. */
@Injectable()
export class NodeRunFinisher {
  readonly #database: Database;
  readonly #nodes: NodeReader;
  readonly #lifecycle: NodeLifecycle;
  readonly #progress: RunProgress;

  constructor(database: Database, nodes: NodeReader, lifecycle: NodeLifecycle, progress: RunProgress) {
    this.#database = database;
    this.#nodes = nodes;
    this.#lifecycle = lifecycle;
    this.#progress = progress;
  }

  /** Nothing happens when it has ended already. */
  async finish(nodeRunId: string, end: NodeRunEnd): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const nodeRun = await findNodeRun(tx, nodeRunId);
      if (!nodeRun) return;
      if (!(await moveNodeRun(tx, nodeRunId, 'running', { ...end, finishedAt: new Date() }))) return;
      await endRunningSteps(tx, nodeRunId, end.reason);
      await this.#releaseNode(tx, nodeRun, end);
      if (end.state === 'failed') await this.#block(tx, nodeRun);
      await this.#progress.tell(
        tx,
        { id: nodeRun.runId },
        { nodeRunId, nodeRunState: end.state, reason: end.reason },
      );
      await this.#progress.advance(tx, nodeRun.runId);
    });
  }

  /** A node that was reset or installed anew meanwhile is no longer ours to move. */
  async #releaseNode(tx: Tx, { nodeId, role }: NodeRunFacts, { state, reason }: NodeRunEnd): Promise<void> {
    const node = await this.#nodes.one(nodeId, tx);
    if (node?.state !== 'applying') return;
    if (state === 'failed')
      await this.#lifecycle.fail(tx, nodeId, { actor: SYSTEM, reason: `${role}: ${reason}` });
    else await this.#lifecycle.transition(tx, nodeId, 'apply-done', { actor: SYSTEM });
  }

  async #block(tx: Tx, { runId, nodeId, role, batch }: NodeRunFacts): Promise<void> {
    const node = await this.#nodes.one(nodeId, tx);
    await endWaiting(
      tx,
      { runId, behindBatch: batch },
      { state: 'blocked', reason: `${role} failed on ${node?.name ?? nodeId}.` },
    );
  }
}
