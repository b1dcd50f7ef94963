import { type Bundle, bundle, maskPatterns } from '@halligan/sdk/runner';
import { Injectable } from '@nestjs/common';
import { Catalogue } from '../catalogue/catalogue.ts';
import { type NodeFacts, NodeReader } from '../nodes/node-reader.ts';
import { nodeIdsIn } from '../proposals/proposal-view.ts';
import { findRevision } from '../proposals/proposals.repository.ts';
import { Database } from '../shared/database/database.ts';
import { findNodeRun } from './node-runs.repository.ts';
import { render } from './rendering.ts';
import type { NodeRunFacts, RunFacts, StepRunFacts } from './run-facts.ts';
import { findRun } from './runs.repository.ts';
import { alignSteps } from './step-runs.repository.ts';

/** All that is needed to work on a node run. */
export interface NodeRunWork {
  readonly nodeRun: NodeRunFacts;
  readonly run: RunFacts;
  readonly bundle: Bundle;
  readonly steps: readonly StepRunFacts[];
  /** Texts that must not be stored. */
  readonly patterns: readonly string[];
}

/** The work cannot even be described: a node lacks an address, or a barclamp is gone. */
export class UnworkableError extends Error {
  override readonly name = 'UnworkableError';
}

/** Puts together what a node run has to do, from the frozen revision and the nodes as they are now. */
@Injectable()
export class NodeRunWorkReader {
  readonly #database: Database;
  readonly #catalogue: Catalogue;
  readonly #nodes: NodeReader;

  constructor(database: Database, catalogue: Catalogue, nodes: NodeReader) {
    this.#database = database;
    this.#catalogue = catalogue;
    this.#nodes = nodes;
  }

  /** Null when there is nothing to do any more. Throws {@link UnworkableError}. */
  async read(nodeRunId: string): Promise<NodeRunWork | null> {
    const { db } = this.#database;
    const nodeRun = await findNodeRun(db, nodeRunId);
    const run = nodeRun && (await findRun(db, nodeRun.runId));
    if (!run || nodeRun.state !== 'running') return null;
    const steps = await this.#steps(nodeRun, run);
    const names = steps.map(({ name }) => name);
    const stored = await this.#database.transaction((tx) => alignSteps(tx, nodeRunId, names));
    const patterns = maskPatterns(steps.flatMap(({ secrets }) => secrets));
    return { nodeRun, run, bundle: bundle(steps), steps: stored, patterns };
  }

  /** The node as it is now; null when it is no longer ours to change. */
  async node({ nodeId }: NodeRunFacts): Promise<NodeFacts | null> {
    const node = await this.#nodes.one(nodeId);
    return node?.state === 'applying' ? node : null;
  }

  /** Who cancelled the run, if somebody did. */
  async cancelledBy({ runId }: NodeRunFacts): Promise<string | null> {
    return (await findRun(this.#database.db, runId))?.cancelledBy ?? null;
  }

  async #steps(nodeRun: NodeRunFacts, run: RunFacts) {
    const revision = await findRevision(this.#database.db, run.revisionId);
    const barclamp = this.#catalogue.find(run.barclamp);
    if (!revision || !barclamp) throw new UnworkableError(`There is no barclamp ${run.barclamp} any more.`);
    const nodes = await this.#nodes.byIds(nodeIdsIn(revision.elements));
    try {
      return render(barclamp, revision, nodes).steps(nodeRun);
    } catch (error) {
      throw new UnworkableError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
}
