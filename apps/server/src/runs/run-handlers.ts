import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { OutboxHandlers } from '../shared/outbox/outbox-handlers.ts';
import { ApplyNodeRun } from './apply-node-run.ts';
import { MakePlan } from './make-plan.ts';
import { ReadyNode } from './ready-node.ts';
import { RUNS_QUEUE } from './run-jobs.ts';
import { RunProgress } from './run-progress.ts';

/** Jobs here wait for nodes most of the time, so that many go at once. */
const AT_ONCE = 100;

/** Tells the outbox who does the work of this feature. */
@Injectable()
export class RunHandlers implements OnModuleInit {
  readonly #handlers: OutboxHandlers;
  readonly #database: Database;
  readonly #progress: RunProgress;
  readonly #applyNodeRun: ApplyNodeRun;
  readonly #makePlan: MakePlan;
  readonly #readyNode: ReadyNode;

  constructor(
    handlers: OutboxHandlers,
    database: Database,
    progress: RunProgress,
    applyNodeRun: ApplyNodeRun,
    makePlan: MakePlan,
    readyNode: ReadyNode,
  ) {
    this.#handlers = handlers;
    this.#database = database;
    this.#progress = progress;
    this.#applyNodeRun = applyNodeRun;
    this.#makePlan = makePlan;
    this.#readyNode = readyNode;
  }

  onModuleInit(): void {
    const on = this.#handlers;
    on.limit(RUNS_QUEUE, AT_ONCE);
    on.limit('nodes', AT_ONCE);
    on.register({ queue: RUNS_QUEUE, name: 'advance-run' }, ({ runId }) =>
      this.#database.transaction((tx) => this.#progress.advance(tx, String(runId))),
    );
    on.register({ queue: RUNS_QUEUE, name: 'apply-node-run' }, ({ nodeRunId }, job) =>
      this.#applyNodeRun.handle(String(nodeRunId), job),
    );
    on.register({ queue: RUNS_QUEUE, name: 'make-plan' }, ({ planId }) =>
      this.#makePlan.handle(String(planId)),
    );
    on.register({ queue: 'nodes', name: 'ready-node' }, ({ nodeId }, job) =>
      this.#readyNode.handle(String(nodeId), job.signal),
    );
  }
}
