import { Injectable } from '@nestjs/common';
import { Catalogue } from '../catalogue/catalogue.ts';
import { NodeLifecycle } from '../nodes/node-lifecycle.ts';
import { type NodeFacts, NodeReader } from '../nodes/node-reader.ts';
import { appliedBarclamps, markApplied } from '../proposals/proposals.repository.ts';
import { SYSTEM } from '../shared/actor.ts';
import type { Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { Outbox } from '../shared/outbox/outbox.ts';
import {
  countStates,
  lowestOpenBatch,
  moveNodeRun,
  setNodeRunReason,
  waitingIn,
} from './node-runs.repository.ts';
import { conclusion } from './run-conclusion.ts';
import { isFinal, type NodeRunFacts, type RunFacts } from './run-facts.ts';
import { advanceRun, applyNodeRun } from './run-jobs.ts';
import { earlierRun, findRun, runsToAdvance, updateRun } from './runs.repository.ts';

/** How many node runs one transaction begins; the rest follow at once in the next one. */
const BEGIN_AT_ONCE = 100;
/** Where a node may take up work. After a failed attempt it may take up the next. */
const FREE: readonly NodeFacts['standing'][] = ['ready', 'failed:applying'];

/** Moves runs on: begins what can begin, says what the rest waits for, and concludes what is done. */
@Injectable()
export class RunProgress {
  readonly #catalogue: Catalogue;
  readonly #nodes: NodeReader;
  readonly #lifecycle: NodeLifecycle;
  readonly #events: Events;
  readonly #outbox: Outbox;

  constructor(
    catalogue: Catalogue,
    nodes: NodeReader,
    lifecycle: NodeLifecycle,
    events: Events,
    outbox: Outbox,
  ) {
    this.#catalogue = catalogue;
    this.#nodes = nodes;
    this.#lifecycle = lifecycle;
    this.#events = events;
    this.#outbox = outbox;
  }

  /** Begins whatever of the run can begin now. Safe to call at any time and any number of times. */
  async advance(tx: Tx, runId: string): Promise<void> {
    const run = await findRun(tx, runId);
    if (!run || isFinal(run.state)) return;
    const mayWait = run.state === 'waiting' && run.cancelledBy === null;
    const obstacle = mayWait ? await this.#obstacle(tx, run) : null;
    if (obstacle !== null) return this.#say(tx, run, obstacle);
    const batch = await lowestOpenBatch(tx, runId);
    if (batch === null) return this.#conclude(tx, run);
    await this.#beginBatch(tx, run, batch);
  }

  /** Tells whoever watches that something about the run has changed. */
  async tell(tx: Tx, run: Pick<RunFacts, 'id'>, data: Record<string, unknown>): Promise<void> {
    await this.#events.record(tx, { type: 'run.updated', subjectKind: 'run', subjectId: run.id, data });
  }

  /** What keeps a committed run from beginning, in words. */
  async #obstacle(tx: Tx, run: RunFacts): Promise<string | null> {
    const earlier = await earlierRun(tx, run);
    if (earlier !== null) return `Waits for run ${earlier} of the same proposal.`;
    const applied = await appliedBarclamps(tx);
    const missing = this.#catalogue.find(run.barclamp)?.requires.filter((name) => !applied.has(name)) ?? [];
    return missing.length === 0 ? null : `Waits for barclamp ${missing.join(', ')} to be applied.`;
  }

  async #say(tx: Tx, run: RunFacts, reason: string): Promise<void> {
    if (run.reason === reason) return;
    await updateRun(tx, run.id, { reason });
    await this.tell(tx, run, { state: run.state, reason });
  }

  async #beginBatch(tx: Tx, run: RunFacts, batch: number): Promise<void> {
    const waiting = await waitingIn(tx, run.id, batch);
    const nodes = new Map(
      (await this.#nodes.byIds([...new Set(waiting.map(({ nodeId }) => nodeId))], tx)).map((node) => [
        node.id,
        node,
      ]),
    );
    let begun = 0;
    const left: string[] = [];
    for (const nodeRun of waiting) {
      const node = nodes.get(nodeRun.nodeId);
      if (!node) continue;
      if (!FREE.includes(node.standing)) left.push(await this.#leave(tx, nodeRun, node));
      else if (begun < BEGIN_AT_ONCE) {
        await this.#begin(tx, run, nodeRun);
        nodes.set(node.id, { ...node, state: 'applying', standing: 'applying' });
        begun += 1;
      }
    }
    if (begun === BEGIN_AT_ONCE) await this.#outbox.add(tx, advanceRun(run.id));
    if (begun > 0 && run.state === 'waiting') await this.#started(tx, run);
    else if (run.state === 'waiting') await this.#say(tx, run, left[0] ?? '');
  }

  async #leave(tx: Tx, nodeRun: NodeRunFacts, node: NodeFacts): Promise<string> {
    const reason = `Waits for node ${node.name}, which is ${node.standing.replace(':', ' while ')}.`;
    await setNodeRunReason(tx, nodeRun.id, reason);
    return reason;
  }

  async #begin(tx: Tx, run: RunFacts, nodeRun: NodeRunFacts): Promise<void> {
    const { id, role, nodeId } = nodeRun;
    const running = { state: 'running', reason: 'Waits for a worker.', startedAt: new Date() } as const;
    if (!(await moveNodeRun(tx, id, 'waiting', running))) return;
    await this.#lifecycle.transition(tx, nodeId, 'apply', {
      actor: SYSTEM,
      reason: `Run of ${run.barclamp}/${run.proposal}: ${role}.`,
    });
    await this.#outbox.add(tx, applyNodeRun(id));
    await this.tell(tx, run, { nodeRunId: id, nodeRunState: 'running' });
  }

  async #started(tx: Tx, run: RunFacts): Promise<void> {
    await updateRun(tx, run.id, { state: 'running', reason: '', startedAt: new Date() });
    await this.tell(tx, run, { state: 'running', reason: '' });
  }

  async #conclude(tx: Tx, run: RunFacts): Promise<void> {
    const { state, reason } = conclusion(run, await countStates(tx, run.id));
    const at = new Date();
    await updateRun(tx, run.id, { state, reason, finishedAt: at });
    if (state === 'succeeded') await markApplied(tx, run.revisionId, at);
    await this.tell(tx, run, { state, reason });
    await this.#events.record(tx, {
      type: 'proposal.updated',
      subjectKind: 'proposal',
      subjectId: run.proposalId,
      data: { barclamp: run.barclamp, name: run.proposal, run: state },
    });
    for (const other of await runsToAdvance(tx)) await this.#outbox.add(tx, advanceRun(other));
  }
}
