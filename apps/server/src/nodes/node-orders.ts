import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/actor.ts';
import { Audit } from '../shared/audit.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { Outbox } from '../shared/outbox/outbox.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { createActions } from './agent-actions.repository.ts';
import { defaultBootEnv, requireInstallingBootEnv } from './boot-env-kind.ts';
import { installDisk } from './install-parameters.ts';
import type { NodeAction } from './node.dto.ts';
import {
  allowedActions,
  isLifeAction,
  type LifeAction,
  type PowerActionName,
  powerActions,
  rebootBy,
} from './node-actions.ts';
import { asStanding, circumstancesOf, NodeLifecycle } from './node-lifecycle.ts';
import { standingOf } from './node-transitions.ts';
import { findNodeByEither, type NodeRow } from './nodes.repository.ts';

/** What an operator asked for. */
export interface NodeOrder {
  action: NodeAction;
  bootEnv?: string | undefined;
}

/** Does what people ask of a node: in one transaction the change, its audit record and the work it causes. */
@Injectable()
export class NodeOrders {
  readonly #database: Database;
  readonly #lifecycle: NodeLifecycle;
  readonly #outbox: Outbox;
  readonly #audit: Audit;
  readonly #events: Events;

  constructor(database: Database, lifecycle: NodeLifecycle, outbox: Outbox, audit: Audit, events: Events) {
    this.#database = database;
    this.#lifecycle = lifecycle;
    this.#outbox = outbox;
    this.#audit = audit;
    this.#events = events;
  }

  /** Answers the node's id. Throws node.action_not_allowed with what is allowed instead. */
  async give(idOrName: string, order: NodeOrder, actor: Actor): Promise<string> {
    if (order.bootEnv !== undefined) requireInstallingBootEnv(order.bootEnv);
    return this.#database.transaction(async (tx) => {
      const node = await requireEither(tx, idOrName);
      requireAllowed(node, order.action);
      await this.#obey(tx, node, order, actor);
      await this.#audit.record(tx, {
        actor,
        action: `node.${order.action}`,
        subjectKind: 'node',
        subjectId: node.id,
        outcome: 'done',
        detail: { node: node.name, ...(order.bootEnv ? { bootEnv: order.bootEnv } : {}) },
      });
      return node.id;
    });
  }

  /** Has the BMC asked for the power, say because its credentials are new. */
  async askPower(tx: Tx, nodeId: string): Promise<void> {
    await this.#outbox.add(tx, { queue: 'nodes', name: 'power-node', payload: { nodeId, action: 'status' } });
  }

  async #obey(tx: Tx, node: NodeRow, order: NodeOrder, actor: Actor): Promise<void> {
    if (isLifeAction(order.action)) return this.#live(tx, node, { ...order, action: order.action }, actor);
    if (order.action === 'reboot') await this.#reboot(tx, node);
    else await this.#power(tx, node.id, powerActions[order.action as PowerActionName]);
    await this.#events.record(tx, {
      type: 'node.updated',
      subjectKind: 'node',
      subjectId: node.id,
      data: { ordered: order.action },
    });
  }

  async #live(tx: Tx, node: NodeRow, order: NodeOrder & { action: LifeAction }, actor: Actor): Promise<void> {
    const installs = order.action === 'install' || order.action === 'reinstall';
    if (!installs) {
      await this.#lifecycle.transition(tx, node.id, order.action, { actor });
      return;
    }
    installDisk(node);
    const bootEnv = order.bootEnv ?? node.bootEnv ?? defaultBootEnv();
    if (node.state === 'discovered') await this.#lifecycle.transition(tx, node.id, 'allocate', { actor });
    await this.#lifecycle.transition(tx, node.id, order.action, { actor, changes: { bootEnv } });
  }

  async #reboot(tx: Tx, node: NodeRow): Promise<void> {
    const by = rebootBy(standingOf(asStanding(node)), circumstancesOf(node));
    if (by === 'agent') await createActions(tx, node.id, ['reboot']);
    else if (by === 'ssh')
      await this.#outbox.add(tx, { queue: 'nodes', name: 'reboot-over-ssh', payload: { nodeId: node.id } });
    else await this.#power(tx, node.id, 'cycle');
  }

  async #power(tx: Tx, nodeId: string, action: string): Promise<void> {
    await this.#outbox.add(tx, {
      queue: 'nodes',
      name: 'power-node',
      payload: { nodeId, action, orderedAt: Date.now() },
      dedupeKey: `power-node:${nodeId}`,
    });
  }
}

export async function requireEither(tx: Tx, idOrName: string): Promise<NodeRow> {
  const node = await findNodeByEither(tx, idOrName);
  if (node !== null) return node;
  throw new ProblemError(404, 'node.not_found', `There is no node ${idOrName}.`, {
    remedy: 'Name a node by its name or id; GET /nodes lists them.',
  });
}

function requireAllowed(node: NodeRow, action: NodeAction): void {
  const allowed = allowedActions(standingOf(asStanding(node)), circumstancesOf(node));
  if (allowed.includes(action)) return;
  if (action in powerActions && node.bmc === null)
    throw new ProblemError(
      409,
      'node.action_not_allowed',
      `Node ${node.name} has no BMC that could ${action}.`,
      {
        remedy: `Give it one: PUT /nodes/${node.name}/bmc. ${list(allowed)}`,
      },
    );
  throw new ProblemError(
    409,
    'node.action_not_allowed',
    `Node ${node.name} is ${node.state}: it cannot ${action} now.`,
    {
      remedy: list(allowed),
    },
  );
}

function list(allowed: readonly string[]): string {
  return `Allowed now: ${allowed.join(', ')}.`;
}
