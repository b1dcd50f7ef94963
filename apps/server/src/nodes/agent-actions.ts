import { Injectable } from '@nestjs/common';
import { ADMIN_NETWORK } from '../networks/network-facts.ts';
import { NetworkReader } from '../networks/network-reader.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import {
  type AgentActionRow,
  findAction,
  firstOpenAction,
  restartActions,
  updateAction,
} from './agent-actions.repository.ts';
import { BootTimeline } from './boot-timeline.ts';
import { type InstallParameters, installDisk, installParameters } from './install-parameters.ts';
import { asStanding, NodeLifecycle, requireNode } from './node-lifecycle.ts';
import { destination, type NodeEvent, standingOf } from './node-transitions.ts';
import { findNode } from './nodes.repository.ts';
import { printable } from './printable.ts';

/** What the discovery image is handed. */
export type AgentOrder =
  | { id: string; kind: 'wipe'; params: { disk: string } }
  | { id: string; kind: 'install-image'; params: InstallParameters }
  | { id: string; kind: 'reboot' | 'power-off'; params: Record<string, never> };

export interface AgentReport {
  status: 'running' | 'done' | 'failed';
  /** 0 to 100. */
  percent?: number;
  phase?: string;
  message?: string;
}

/** The event a finished action means for the node's life. */
const doneEvents: Readonly<Record<string, NodeEvent>> = {
  wipe: 'hardware-done',
  'install-image': 'install-done',
};
const closed = ['done', 'failed', 'cancelled'];

/** Hands the discovery image what it has to do, and turns what it reports into the node's life. */
@Injectable()
export class AgentActions {
  readonly #database: Database;
  readonly #lifecycle: NodeLifecycle;
  readonly #timeline: BootTimeline;
  readonly #networks: NetworkReader;

  constructor(database: Database, lifecycle: NodeLifecycle, timeline: BootTimeline, networks: NetworkReader) {
    this.#database = database;
    this.#lifecycle = lifecycle;
    this.#timeline = timeline;
    this.#networks = networks;
  }

  /** The image has just started: a reboot it was told of has happened, and interrupted work begins anew. */
  sessionStarted(nodeId: string): Promise<void> {
    return this.#database.transaction((tx) => restartActions(tx, nodeId));
  }

  /**
   * What to do now: the action under way, else the oldest that waits; null when there is nothing. Asking changes
   * nothing, but that a node which lacks what its action needs is failed with the cause.
   */
  async next(nodeId: string): Promise<AgentOrder | null> {
    const action = await firstOpenAction(this.#database.db, nodeId);
    if (action === null) return null;
    try {
      return await this.#order(action);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      await this.report(nodeId, action.id, {
        status: 'failed',
        message: `${error.message} ${error.remedy ?? ''}`,
      });
      return null;
    }
  }

  /** Takes a report. Repeats, and reports on what is no longer wanted, change nothing. */
  async report(nodeId: string, actionId: string, report: AgentReport): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const action = await findAction(tx, actionId);
      if (action === null || action.nodeId !== nodeId)
        throw new ProblemError(404, 'node.agent_action_not_found', `The node has no action ${actionId}.`);
      if (closed.includes(action.status)) return;
      await this.#note(tx, action, report);
      if (report.status === 'done') await this.#done(tx, action);
      if (report.status === 'failed') await this.#failed(tx, action, report);
    });
  }

  async #order(action: AgentActionRow): Promise<AgentOrder> {
    const { id, kind } = action;
    switch (kind) {
      case 'wipe':
        return { id, kind, params: { disk: installDisk(await this.#node(action)) } };
      case 'install-image': {
        const network = await this.#networks.byName(ADMIN_NETWORK);
        return { id, kind, params: installParameters(await this.#node(action), network) };
      }
      case 'reboot':
      case 'power-off':
        return { id, kind, params: {} };
      default:
        throw new Error(`The action ${id} is of the unknown kind ${kind}.`);
    }
  }

  async #node(action: AgentActionRow) {
    const node = await findNode(this.#database.db, action.nodeId);
    if (node === null) throw new ProblemError(404, 'node.not_found', `There is no node ${action.nodeId}.`);
    return node;
  }

  async #note(tx: Tx, action: AgentActionRow, report: AgentReport): Promise<void> {
    const now = new Date();
    const phase = printable(report.phase ?? '').slice(0, 64) || null;
    const message = printable(report.message ?? '').slice(0, 500) || null;
    const percent = report.percent ?? null;
    await updateAction(tx, action.id, {
      status: report.status,
      startedAt: action.startedAt ?? now,
      ...(report.status === 'running' ? {} : { finishedAt: now }),
      phase: phase ?? action.phase,
      percent: percent ?? action.percent,
      message,
    });
    if (phase !== null && phase !== action.phase) await this.#timeline.markIn(tx, action.nodeId, phase);
    if (report.status === 'running' && !isBoot(action))
      await this.#lifecycle.progress(tx, action.nodeId, {
        percent,
        message: message ?? phase ?? action.kind,
        phase,
      });
    if (isBoot(action)) await this.#timeline.markIn(tx, action.nodeId, 'reboot');
  }

  async #done(tx: Tx, action: AgentActionRow): Promise<void> {
    await this.#timeline.markIn(tx, action.nodeId, `${action.kind}-done`);
    const event = doneEvents[action.kind];
    if (event === undefined) return;
    const node = await requireNode(tx, action.nodeId);
    if (destination(standingOf(asStanding(node)), event) === null) return;
    await this.#lifecycle.transition(tx, node.id, event, { actor: `node:${node.name}` });
  }

  async #failed(tx: Tx, action: AgentActionRow, report: AgentReport): Promise<void> {
    const node = await requireNode(tx, action.nodeId);
    if (destination(standingOf(asStanding(node)), 'fail') === null) return;
    const cause =
      printable(report.message ?? '')
        .trim()
        .slice(0, 500) || 'it did not say why';
    await this.#lifecycle.fail(tx, node.id, {
      actor: `node:${node.name}`,
      reason: `The discovery image could not do ${action.kind}: ${cause}`,
    });
  }
}

function isBoot(action: AgentActionRow): boolean {
  return action.kind === 'reboot' || action.kind === 'power-off';
}
