import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { SYSTEM } from '../shared/actor.ts';
import { Database } from '../shared/database/database.ts';
import { OutboxHandlers, type OutboxJob, PermanentError } from '../shared/outbox/outbox-handlers.ts';
import { ShellError } from '../ssh/shell-error.ts';
import { Shells } from '../ssh/shells.ts';
import { BootTimeline } from './boot-timeline.ts';
import { NodeMishaps } from './node-mishaps.ts';
import { nodeFacts } from './node-reader.ts';
import { findNode } from './nodes.repository.ts';

const Payload = z.object({ nodeId: z.string(), forVersion: z.number().optional() });
type Payload = z.infer<typeof Payload>;

const ATTEMPTS = 3;
const LIMIT_MS = 15_000;
/** Answers before it reboots, so that a lost connection means failure and nothing else. */
const COMMAND = 'systemd-run --quiet --on-active=1 --timer-property=AccuracySec=100ms systemctl reboot';

/** Reboots machines that have no BMC through their own operating system. */
@Injectable()
export class RebootOverSsh implements OnModuleInit {
  readonly #handlers: OutboxHandlers;
  readonly #database: Database;
  readonly #shells: Shells;
  readonly #timeline: BootTimeline;
  readonly #mishaps: NodeMishaps;

  constructor(
    handlers: OutboxHandlers,
    database: Database,
    shells: Shells,
    timeline: BootTimeline,
    mishaps: NodeMishaps,
  ) {
    this.#handlers = handlers;
    this.#database = database;
    this.#shells = shells;
    this.#timeline = timeline;
    this.#mishaps = mishaps;
  }

  onModuleInit(): void {
    this.#handlers.register({ queue: 'nodes', name: 'reboot-over-ssh' }, (payload, job) =>
      this.handle(Payload.parse(payload), job),
    );
  }

  async handle(payload: Payload, job: Pick<OutboxJob, 'attempt'>): Promise<void> {
    const node = await findNode(this.#database.db, payload.nodeId);
    if (node === null || (payload.forVersion ?? node.version) !== node.version) return;
    try {
      const { status, stderr } = await this.#shells.exec(nodeFacts(node), COMMAND, { timeoutMs: LIMIT_MS });
      if (status !== 0) throw new ShellError('ssh.refused', `The node refused to reboot: ${stderr.trim()}`);
      await this.#timeline.mark(node.id, 'reboot');
    } catch (error) {
      if (!(error instanceof ShellError) || (error.passing && job.attempt < ATTEMPTS)) throw error;
      const remedy = 'Switch the machine off and on again by hand, or give the node its BMC.';
      await this.#mishaps.tell(payload, {
        actor: SYSTEM,
        message: `Rebooting over SSH failed: ${error.message}`,
        remedy,
      });
      throw new PermanentError(error.message);
    }
  }
}
