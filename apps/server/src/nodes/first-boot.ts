import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { BootTimeline } from './boot-timeline.ts';
import { asStanding, NodeLifecycle, requireNode } from './node-lifecycle.ts';
import { destination, standingOf } from './node-transitions.ts';
import { printable } from './printable.ts';

export interface FirstBootReport {
  hostname: string;
  machineId: string;
  /** `<type> <base64>`, as in a known_hosts file without the names. */
  sshHostKeys: readonly string[];
  /** For example debian-12. */
  os: string;
  marks?: readonly { name: string; at: Date }[];
}

const hostKey = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]{40,4096}={0,3}$/;

/** Takes the one call of a freshly installed system: from here on its SSH host keys are known, and no others are accepted. */
@Injectable()
export class FirstBoot {
  readonly #database: Database;
  readonly #lifecycle: NodeLifecycle;
  readonly #timeline: BootTimeline;

  constructor(database: Database, lifecycle: NodeLifecycle, timeline: BootTimeline) {
    this.#database = database;
    this.#lifecycle = lifecycle;
    this.#timeline = timeline;
  }

  /** The caller has checked the token. Throws when no first boot is due, or when the call names no usable host key. */
  async report(nodeId: string, report: FirstBootReport): Promise<void> {
    const sshHostKeys = report.sshHostKeys.filter((key) => hostKey.test(key)).slice(0, 8);
    if (sshHostKeys.length === 0)
      throw new ProblemError(400, 'node.no_host_key', 'The call names no SSH host key.', {
        remedy: 'Send ssh-host-key=<type> <base64>, once per key.',
      });
    await this.#database.transaction(async (tx) => {
      const node = await requireNode(tx, nodeId);
      const actor = `node:${node.name}`;
      const standing = standingOf(asStanding(node));
      // The installer's own call may have been lost: a system that calls has been installed.
      if (standing === 'installing' || standing === 'failed:installing')
        await this.#lifecycle.transition(tx, nodeId, 'install-done', {
          actor,
          reason: 'The installed system called.',
        });
      else if (destination(standing, 'first-contact') === null) throw notDue(node.name, node.state);
      for (const mark of report.marks ?? [])
        await this.#timeline.markIn(tx, nodeId, mark.name, { at: mark.at });
      await this.#timeline.markIn(tx, nodeId, 'first-boot');
      const platform = printable(report.os).slice(0, 64) || null;
      const changes = {
        sshHostKeys,
        platform,
        lastSeenAt: new Date(),
        powerState: 'on',
        powerStateAt: new Date(),
      };
      await this.#lifecycle.transition(tx, nodeId, 'first-contact', { actor, changes });
    });
  }
}

function notDue(name: string, state: string): ProblemError {
  return new ProblemError(409, 'node.first_boot_not_due', `Node ${name} is ${state}: no first boot is due.`, {
    remedy: 'Reinstall the node if its system shall be managed.',
  });
}
