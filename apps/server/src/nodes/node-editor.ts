import { Injectable } from '@nestjs/common';
import type { BmcAccess } from '../hardware/bmc.ts';
import { BmcStore } from '../hardware/bmc-store.ts';
import { Reservations } from '../networks/reservations.ts';
import type { Actor } from '../shared/actor.ts';
import { Audit } from '../shared/audit.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { requireInstallingBootEnv } from './boot-env-kind.ts';
import { asStanding } from './node-lifecycle.ts';
import { NodeOrders, requireEither } from './node-orders.ts';
import type { Standing } from './node-state.ts';
import { standingOf } from './node-transitions.ts';
import {
  deleteNode,
  findNodeByEither,
  type NodeChanges,
  type NodeRow,
  updateNode,
} from './nodes.repository.ts';

/** States in which a run or an installation counts on the node being there. */
const busy = ['applying', 'readying'];

/** Later on the name is the host name of the system on the disk. */
const nameable: readonly Standing[] = [
  'discovering',
  'discovered',
  'allocated',
  'retired',
  'failed:discovering',
];

/** Changes what people may change of a node beside its state. Every change is audited and told. */
@Injectable()
export class NodeEditor {
  readonly #database: Database;
  readonly #bmcs: BmcStore;
  readonly #reservations: Reservations;
  readonly #orders: NodeOrders;
  readonly #audit: Audit;
  readonly #events: Events;

  constructor(
    database: Database,
    bmcs: BmcStore,
    reservations: Reservations,
    orders: NodeOrders,
    audit: Audit,
    events: Events,
  ) {
    this.#database = database;
    this.#bmcs = bmcs;
    this.#reservations = reservations;
    this.#orders = orders;
    this.#audit = audit;
    this.#events = events;
  }

  /** Answers the node's id. */
  change(
    idOrName: string,
    changes: NodeChanges & { name?: string; bootEnv?: string },
    actor: Actor,
  ): Promise<string> {
    if (changes.bootEnv !== undefined) requireInstallingBootEnv(changes.bootEnv);
    return this.#edit(idOrName, 'change', { actor, detail: { ...changes } }, async (tx, node) => {
      if (changes.name !== undefined && changes.name !== node.name)
        await requireFreeName(tx, node, changes.name);
      await updateNode(tx, node.id, changes);
    });
  }

  saveBmc(idOrName: string, access: BmcAccess, actor: Actor): Promise<string> {
    const { password: _, ...detail } = access;
    return this.#edit(idOrName, 'bmc-save', { actor, detail }, async (tx, node) => {
      await this.#bmcs.save(tx, node.id, access);
      await this.#orders.askPower(tx, node.id);
    });
  }

  removeBmc(idOrName: string, actor: Actor): Promise<string> {
    return this.#edit(idOrName, 'bmc-delete', { actor, detail: {} }, async (tx, node) => {
      if (await this.#bmcs.remove(tx, node.id)) return;
      throw new ProblemError(404, 'node.bmc_missing', `Node ${node.name} has no BMC.`);
    });
  }

  /** The node, its history and its addresses go. A machine that boots again is a new node. */
  async remove(idOrName: string, actor: Actor): Promise<void> {
    await this.#edit(idOrName, 'delete', { actor, detail: {} }, async (tx, node) => {
      if (busy.includes(node.state))
        throw new ProblemError(
          409,
          'node.busy',
          `Node ${node.name} is ${node.state}; work is under way on it.`,
          {
            remedy: 'Wait for it or cancel the run, then delete the node; or reset the node first.',
          },
        );
      await this.#reservations.release(tx, node.id);
      await deleteNode(tx, node.id);
    });
  }

  async #edit(
    idOrName: string,
    what: string,
    why: { actor: Actor; detail: Record<string, unknown> },
    work: (tx: Tx, node: NodeRow) => Promise<void>,
  ): Promise<string> {
    return this.#database.transaction(async (tx) => {
      const node = await requireEither(tx, idOrName);
      const subject = { subjectKind: 'node', subjectId: node.id };
      await work(tx, node);
      await this.#audit.record(tx, {
        ...subject,
        actor: why.actor,
        action: `node.${what}`,
        outcome: 'done',
        detail: { node: node.name, ...why.detail },
      });
      const type = what === 'delete' ? 'node.deleted' : 'node.updated';
      const data = what === 'delete' ? { name: node.name } : { changed: Object.keys(why.detail) };
      await this.#events.record(tx, { ...subject, type, data });
      return node.id;
    });
  }
}

async function requireFreeName(tx: Tx, node: NodeRow, name: string): Promise<void> {
  if (!nameable.includes(standingOf(asStanding(node))))
    throw new ProblemError(409, 'node.name_fixed', `Node ${node.name} is ${node.state} under its name.`, {
      remedy: 'Reset the node, rename it once it is discovered, and install it again.',
    });
  if ((await findNodeByEither(tx, name)) === null) return;
  throw new ProblemError(409, 'node.name_taken', `There is a node ${name} already.`, {
    remedy: 'Choose another name.',
  });
}
