import type { Node } from '@halligan/db';
import { Injectable } from '@nestjs/common';
import { Reservations } from '../networks/reservations.ts';
import type { Actor } from '../shared/actor.ts';
import type { Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { Outbox } from '../shared/outbox/outbox.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { cancelActions, createActions } from './agent-actions.repository.ts';
import { installsBy } from './boot-env-kind.ts';
import { bootMac } from './install-parameters.ts';
import {
  agentMayRun,
  bootAdvice,
  type Circumstances,
  type Effects,
  effectsOf,
  isRecent,
} from './node-effects.ts';
import { failureAdvice, type NodeState, nodeStates, type Standing } from './node-state.ts';
import { destination, eventsFrom, type NodeEvent, standingOf, transitions } from './node-transitions.ts';
import {
  createStateChange,
  findNode,
  moveNode,
  type NodeChanges,
  type NodeRow,
  noJson,
  updateNode,
} from './nodes.repository.ts';

export interface TransitionOptions {
  actor: Actor | string;
  /** Why, for people; by default what the event says. */
  reason?: string;
  /** What happens next or is to be done; by default what the new state says. */
  nextAction?: string;
  /** Refuse when the node has changed its state since this version was seen. */
  expectedVersion?: number;
  /** Columns to set along with the state. */
  changes?: NodeChanges;
}

/**
 * The only writer of a node's state. A transition, its history, its event, its deadline and all it causes are written
 * in the caller's transaction, by a number of statements that does not depend on how many nodes there are.
 */
@Injectable()
export class NodeLifecycle {
  readonly #events: Events;
  readonly #outbox: Outbox;
  readonly #reservations: Reservations;

  constructor(events: Events, outbox: Outbox, reservations: Reservations) {
    this.#events = events;
    this.#outbox = outbox;
    this.#reservations = reservations;
  }

  /** Answers the node as it then is; throws node.transition_refused when the event is not declared for its standing. */
  async transition(tx: Tx, nodeId: string, event: NodeEvent, options: TransitionOptions): Promise<Node> {
    const node = await requireNode(tx, nodeId);
    if (options.expectedVersion !== undefined && options.expectedVersion !== node.version)
      throw outdated(node);
    const to = destination(standingOf(asStanding(node)), event);
    if (to === null) throw refused(node, event);
    const changes = { ...options.changes };
    const effects = effectsOf(event, circumstancesOf({ ...node, bootEnv: bootEnvOf(changes, node) }));
    if (effects.address && node.address === null)
      changes.address = await this.#reservations.reserve(tx, { nodeId, mac: bootMac(node) });
    const moved = await moveNode(tx, node, to, {
      ...newState(node, event, to, options, effects),
      ...changes,
    });
    if (moved === null) throw outdated(node);
    await this.#record(tx, node, event, moved, options.actor);
    await this.#cause(tx, moved, effects);
    if (effects.next === undefined) return moved;
    return this.transition(tx, nodeId, effects.next, { actor: options.actor });
  }

  /** The event `fail`, with the cause in words an operator understands. */
  fail(tx: Tx, nodeId: string, options: TransitionOptions & { reason: string }): Promise<Node> {
    return this.transition(tx, nodeId, 'fail', options);
  }

  /** How far the work of the present state has come. Neither the version nor the history changes. */
  async progress(
    tx: Tx,
    nodeId: string,
    progress: { percent: number | null; message: string; phase?: string | null },
  ): Promise<void> {
    await updateNode(tx, nodeId, { progressPercent: progress.percent, progressMessage: progress.message });
    await this.#events.record(tx, {
      ...subject(nodeId),
      type: 'node.progress',
      data: { phase: null, ...progress },
    });
  }

  async #record(tx: Tx, before: Node, event: NodeEvent, after: Node, actor: Actor | string): Promise<void> {
    const change = { from: before.state, to: after.state, event, reason: after.stateReason };
    const name = typeof actor === 'string' ? actor : actor.name;
    await createStateChange(tx, { nodeId: after.id, actor: name, ...change });
    await this.#events.record(tx, { ...subject(after.id), type: 'node.state', data: change });
  }

  async #cause(tx: Tx, node: Node, effects: Effects): Promise<void> {
    if (effects.cancel) await cancelActions(tx, node.id, effects.cancel);
    await createActions(tx, node.id, effects.agentActions ?? []);
    if (effects.readyNode) await this.#outbox.add(tx, job('ready-node', { nodeId: node.id }));
    if (effects.bootBy === 'bmc') await this.#outbox.add(tx, powerCycle(node));
    if (effects.bootBy === 'ssh')
      await this.#outbox.add(tx, job('reboot-over-ssh', { nodeId: node.id, forVersion: node.version }));
  }
}

export async function requireNode(tx: Tx, nodeId: string): Promise<NodeRow> {
  const node = await findNode(tx, nodeId);
  if (node === null) throw new ProblemError(404, 'node.not_found', `There is no node ${nodeId}.`);
  return node;
}

/** A row's state is one of ours: nothing else writes it. */
export function asStanding(node: { state: string; failedDuring: string | null }): {
  state: NodeState;
  failedDuring: NodeState | null;
} {
  return { state: node.state as NodeState, failedDuring: node.failedDuring as NodeState | null };
}

export function circumstancesOf(node: NodeRow): Circumstances {
  const standing: Standing = standingOf(asStanding(node));
  const installs = installsBy(node.bootEnv);
  return {
    installs,
    agentRuns: agentMayRun(standing, installs) && isRecent(node.lastSeenAt),
    hasBmc: node.bmc !== null,
    hasShell: node.sshHostKeys !== null && node.address !== null,
  };
}

function bootEnvOf(changes: NodeChanges, node: NodeRow): string | null {
  return typeof changes.bootEnv === 'string' ? changes.bootEnv : node.bootEnv;
}

function newState(
  node: NodeRow,
  event: NodeEvent,
  to: NodeState,
  options: TransitionOptions,
  effects: Effects,
): NodeChanges {
  const { deadlineSeconds, nextBoot, nextAction } = nodeStates[to];
  const now = new Date();
  const failed = to === 'failed' ? (node.state as keyof typeof failureAdvice) : null;
  return {
    stateReason: options.reason ?? transitions[event].reason,
    nextAction:
      options.nextAction ?? bootAdvice(effects.bootBy) ?? (failed ? failureAdvice[failed] : nextAction),
    stateSince: now,
    stateDeadline: deadlineSeconds === undefined ? null : new Date(now.getTime() + deadlineSeconds * 1000),
    failedDuring: failed,
    progressPercent: null,
    progressMessage: null,
    ...(nextBoot === 'unchanged' ? {} : { nextBoot }),
    ...(effects.forgetSystem ? { sshHostKeys: noJson, platform: null } : {}),
  };
}

function subject(nodeId: string): { subjectKind: string; subjectId: string } {
  return { subjectKind: 'node', subjectId: nodeId };
}

function job(name: string, payload: Record<string, string | number>) {
  return { queue: 'nodes', name, payload };
}

/** The latest wish for a machine's power replaces an earlier one that still waits. */
function powerCycle(node: Node) {
  const order = { nodeId: node.id, action: 'cycle', bootDevice: 'pxe' };
  const payload = { ...order, forVersion: node.version, orderedAt: Date.now() };
  return { ...job('power-node', payload), dedupeKey: `power-node:${node.id}` };
}

function refused(node: NodeRow, event: NodeEvent): ProblemError {
  const standing = standingOf(asStanding(node));
  const where = node.state === 'failed' ? `failed while ${node.failedDuring}` : node.state;
  return new ProblemError(
    409,
    'node.transition_refused',
    `Node ${node.name} is ${where}: the event ${event} does not apply.`,
    { remedy: `What applies now: ${eventsFrom(standing).join(', ')}.` },
  );
}

function outdated(node: NodeRow): ProblemError {
  return new ProblemError(
    409,
    'node.version_conflict',
    `Node ${node.name} has changed its state meanwhile.`,
    {
      remedy: 'Look at the node again, then decide.',
    },
  );
}
