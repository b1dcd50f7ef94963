import { type Inventory, inventorySchema } from '@halligan/pxe/discovery';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { BootTimeline } from './boot-timeline.ts';
import { hardwareNics, isSameMachine, usableSerial, usableUuid } from './machine-identity.ts';
import { mergeNodes, relatedNodes, replaceNics } from './node-inventory.repository.ts';
import { asStanding, NodeLifecycle, requireNode } from './node-lifecycle.ts';
import { destination, standingOf } from './node-transitions.ts';
import { type NodeChanges, type NodeRow, updateNode } from './nodes.repository.ts';
import { printableJson } from './printable.ts';

export interface InventoryResult {
  /** The node the machine belongs to: another one when it turned out to be known already. */
  nodeId: string;
  merged: boolean;
}

/** Takes what the discovery image found. */
@Injectable()
export class NodeInventory {
  readonly #database: Database;
  readonly #lifecycle: NodeLifecycle;
  readonly #timeline: BootTimeline;
  readonly #events: Events;

  constructor(database: Database, lifecycle: NodeLifecycle, timeline: BootTimeline, events: Events) {
    this.#database = database;
    this.#lifecycle = lifecycle;
    this.#timeline = timeline;
    this.#events = events;
  }

  /** Throws node.inventory_invalid, with every fault and its path, for anything that is not an inventory. */
  async report(nodeId: string, raw: unknown): Promise<InventoryResult> {
    const inventory = parse(raw);
    return this.#database.transaction(async (tx) => {
      const reporter = await requireNode(tx, nodeId);
      const { node, uuid } = await this.#identify(tx, reporter, inventory);
      await replaceNics(tx, node.id, hardwareNics(inventory));
      const changes = { ...inventoryColumns(inventory), uuid };
      await this.#timeline.markIn(tx, node.id, 'inventory');
      if (destination(standingOf(asStanding(node)), 'inventory-reported') === null)
        await this.#renew(tx, node, changes);
      else
        await this.#lifecycle.transition(tx, node.id, 'inventory-reported', {
          actor: `node:${node.name}`,
          changes,
        });
      return { nodeId: node.id, merged: node.id !== nodeId };
    });
  }

  /** The node this machine is, after merging; and the UUID it may carry, for a repeated one is nobody's. */
  async #identify(
    tx: Tx,
    reporter: NodeRow,
    inventory: Inventory,
  ): Promise<{ node: NodeRow; uuid: string | null }> {
    const macs = hardwareNics(inventory).map(({ mac }) => mac);
    const seen = { uuid: usableUuid(inventory.dmi.uuid), serial: usableSerial(inventory.dmi.serial), macs };
    let node = reporter;
    let uuid = seen.uuid;
    for (const other of await relatedNodes(tx, reporter.id, seen)) {
      const known = { uuid: other.uuid, serial: other.serial, macs: other.nics.map(({ mac }) => mac) };
      if (isSameMachine(known, seen)) node = await this.#merge(tx, node, other);
      else if (other.uuid === uuid) uuid = null;
    }
    return { node, uuid };
  }

  /** The node that got further, or else is older, is kept. */
  async #merge(tx: Tx, one: NodeRow, other: NodeRow): Promise<NodeRow> {
    const [kept, lost] = isWorthier(one, other) ? [one, other] : [other, one];
    await mergeNodes(tx, lost.id, kept.id);
    await this.#events.record(tx, {
      type: 'node.deleted',
      subjectKind: 'node',
      subjectId: lost.id,
      data: { name: lost.name, mergedInto: kept.name },
    });
    return kept;
  }

  async #renew(tx: Tx, node: NodeRow, changes: NodeChanges): Promise<void> {
    await updateNode(tx, node.id, changes);
    await this.#events.record(tx, {
      type: 'node.updated',
      subjectKind: 'node',
      subjectId: node.id,
      data: { inventory: true },
    });
  }
}

function isWorthier(one: NodeRow, other: NodeRow): boolean {
  const known = Number(one.inventory !== null) - Number(other.inventory !== null);
  return known === 0 ? one.createdAt <= other.createdAt : known > 0;
}

function parse(raw: unknown): Inventory {
  const parsed = inventorySchema.safeParse(raw);
  if (parsed.success) return printableJson(parsed.data);
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    code: 'node.inventory_invalid',
    message,
  }));
  const first = issues[0];
  throw new ProblemError(
    400,
    'node.inventory_invalid',
    `This is no inventory: ${first?.path}: ${first?.message}`,
    {
      issues,
    },
  );
}

function inventoryColumns(inventory: Inventory): NodeChanges {
  const now = new Date();
  const fixed = inventory.disks.filter(({ removable }) => !removable);
  return {
    inventory,
    inventoryAt: now,
    serial: usableSerial(inventory.dmi.serial),
    firmware: inventory.firmware,
    arch: inventory.arch,
    cpuThreads: inventory.cpu.threads,
    memoryBytes: BigInt(inventory.memoryBytes),
    diskBytes: fixed.reduce((sum, { sizeBytes }) => sum + BigInt(sizeBytes), 0n),
    lastSeenAt: now,
    powerState: 'on',
    powerStateAt: now,
  };
}
