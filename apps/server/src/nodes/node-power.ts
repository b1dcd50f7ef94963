import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { BmcError } from '../hardware/bmc.ts';
import { BmcStore } from '../hardware/bmc-store.ts';
import { PowerService } from '../hardware/power.ts';
import type { PowerOrder, PowerResult } from '../hardware/power-control.ts';
import { SYSTEM } from '../shared/actor.ts';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { OutboxHandlers, type OutboxJob, PermanentError } from '../shared/outbox/outbox-handlers.ts';
import { newestBoot } from './boot-timeline.repository.ts';
import { BootTimeline } from './boot-timeline.ts';
import { NodeMishaps } from './node-mishaps.ts';
import { findNode, updateNode } from './nodes.repository.ts';

const Payload = z.object({
  nodeId: z.string(),
  action: z.enum(['on', 'off', 'cycle', 'status']),
  bootDevice: z.enum(['pxe', 'disk']).optional(),
  /** The change of state that wants it; when the node has moved on, so has the wish. */
  forVersion: z.number().optional(),
  /** Milliseconds since 1970. */
  orderedAt: z.number().optional(),
});
type Payload = z.infer<typeof Payload>;

/** Tries of an order before the node is said to have failed; with back-off about a minute and a half. */
const ATTEMPTS = 5;

/** Carries out what the outbox holds for the machines' power. */
@Injectable()
export class NodePower implements OnModuleInit {
  readonly #handlers: OutboxHandlers;
  readonly #database: Database;
  readonly #bmcs: BmcStore;
  readonly #power: PowerService;
  readonly #timeline: BootTimeline;
  readonly #events: Events;
  readonly #mishaps: NodeMishaps;

  constructor(
    handlers: OutboxHandlers,
    database: Database,
    bmcs: BmcStore,
    power: PowerService,
    timeline: BootTimeline,
    events: Events,
    mishaps: NodeMishaps,
  ) {
    this.#handlers = handlers;
    this.#database = database;
    this.#bmcs = bmcs;
    this.#power = power;
    this.#timeline = timeline;
    this.#events = events;
    this.#mishaps = mishaps;
  }

  onModuleInit(): void {
    this.#handlers.register({ queue: 'nodes', name: 'power-node' }, (payload, job) =>
      this.handle(Payload.parse(payload), job),
    );
  }

  async handle(payload: Payload, job: Pick<OutboxJob, 'attempt'>): Promise<void> {
    const node = await findNode(this.#database.db, payload.nodeId);
    if (node === null || (payload.forVersion ?? node.version) !== node.version) return;
    if (job.attempt > 1 && (await this.#hasCycled(payload))) return;
    const access = await this.#bmcs.access(node.id);
    if (access === null)
      return this.#giveUp(payload, 'The node has no BMC any more.', 'Give it its BMC again.');
    try {
      await this.#keep(node.id, node.bootEnv, await this.#power.control(access, orderOf(payload)));
    } catch (error) {
      if (!(error instanceof BmcError) || (error.transient && job.attempt < ATTEMPTS)) throw error;
      await this.#giveUp(payload, error.message, error.remedy);
    }
  }

  /** A worker that died after its order: the machine has started since, so it is not cut off once more. */
  async #hasCycled({ nodeId, action, orderedAt }: Payload): Promise<boolean> {
    if (action !== 'cycle' || orderedAt === undefined) return false;
    const boot = await newestBoot(this.#database.db, nodeId);
    return boot !== null && boot.startedAt.getTime() >= orderedAt;
  }

  async #keep(nodeId: string, bootEnv: string | null, result: PowerResult): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await updateNode(tx, nodeId, { powerState: result.power, powerStateAt: new Date() });
      if (result.startedAt !== null)
        await this.#timeline.beginIn(tx, nodeId, {
          bootEnv: bootEnv ?? 'discovery',
          at: result.startedAt,
          mark: 'power-on',
        });
      await this.#events.record(tx, {
        type: 'node.updated',
        subjectKind: 'node',
        subjectId: nodeId,
        data: { powerState: result.power },
      });
    });
  }

  async #giveUp(payload: Payload, cause: string, remedy: string): Promise<never> {
    const what = `Power ${payload.action} failed`;
    await this.#mishaps.tell(payload, { actor: SYSTEM, message: `${what}: ${cause}`, remedy });
    throw new PermanentError(`${what}: ${cause}`);
  }
}

function orderOf({ action, bootDevice }: Payload): PowerOrder {
  return bootDevice === undefined ? { action } : { action, bootDevice };
}
