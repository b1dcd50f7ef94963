import type { Boot } from '@halligan/db';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import {
  type BootRow,
  createBoot,
  createMark,
  forgetOldBoots,
  newestBoot,
  updateBoot,
} from './boot-timeline.repository.ts';

export interface MarkOptions {
  /** Now, unless told. */
  at?: Date;
  detail?: string;
}

const KEPT_BOOTS = 50;
/** After this a boot that has not fetched its script is over: the machine was switched off. */
const STALE_MS = 15 * 60 * 1000;
/** Marks that end the boot they stand in. */
const LAST_MARKS = ['reboot', 'first-ssh'];
/** Marks that may stand in a boot more than once. */
const REPEATED = /^(dhcp|loader|file|tftp)/;

/** Writes down what happened when in each boot of a node. */
@Injectable()
export class BootTimeline {
  readonly #database: Database;
  readonly #events: Events;

  constructor(database: Database, events: Events) {
    this.#database = database;
    this.#events = events;
  }

  /**
   * A machine starts, or is still on its way to its script: answers the boot to which the first mark was added.
   * A boot that has its script, is finished or is stale is over, and a new one begins.
   */
  begin(
    nodeId: string,
    start: { bootEnv: string; at?: Date; mark?: string; detail?: string },
  ): Promise<string> {
    return this.#database.transaction((tx) => this.beginIn(tx, nodeId, start));
  }

  /** The same inside the caller's transaction. */
  async beginIn(
    tx: Tx,
    nodeId: string,
    start: { bootEnv: string; at?: Date; mark?: string; detail?: string },
  ): Promise<string> {
    const at = start.at ?? new Date();
    const newest = await newestBoot(tx, nodeId);
    const boot =
      newest !== null && isUnderWay(newest, at) ? newest : await this.#start(tx, nodeId, newest, start, at);
    if (boot.bootEnv !== start.bootEnv) await updateBoot(tx, boot.id, { bootEnv: start.bootEnv });
    if (start.mark) await this.#add(tx, boot, { name: start.mark, at, detail: start.detail ?? null });
    return boot.id;
  }

  /** Adds a mark to the node's newest boot; nothing happens when that is over, or has the mark already. */
  mark(nodeId: string, name: string, options: MarkOptions = {}): Promise<void> {
    return this.#database.transaction((tx) => this.markIn(tx, nodeId, name, options));
  }

  /** The same inside the caller's transaction. */
  async markIn(tx: Tx, nodeId: string, name: string, options: MarkOptions = {}): Promise<void> {
    const boot = await newestBoot(tx, nodeId);
    if (boot === null || boot.finishedAt !== null) return;
    if (!REPEATED.test(name) && boot.marks.some((mark) => mark.name === name)) return;
    const at = options.at ?? new Date();
    await this.#add(tx, boot, { name, at, detail: options.detail ?? null });
    if (LAST_MARKS.includes(name)) await updateBoot(tx, boot.id, { finishedAt: at });
  }

  finish(nodeId: string, at = new Date()): Promise<void> {
    return this.#database.transaction(async (tx) => {
      const boot = await newestBoot(tx, nodeId);
      if (boot !== null && boot.finishedAt === null) await updateBoot(tx, boot.id, { finishedAt: at });
    });
  }

  async #start(tx: Tx, nodeId: string, before: BootRow | null, start: { bootEnv: string }, at: Date) {
    if (before !== null && before.finishedAt === null) await updateBoot(tx, before.id, { finishedAt: at });
    await forgetOldBoots(tx, nodeId, KEPT_BOOTS - 1);
    return createBoot(tx, { nodeId, bootEnv: start.bootEnv, startedAt: at });
  }

  /** Marks may be told of late: the boot then began earlier than was thought. */
  async #add(tx: Tx, boot: Boot, mark: { name: string; at: Date; detail: string | null }): Promise<void> {
    if (mark.at < boot.startedAt) await updateBoot(tx, boot.id, { startedAt: mark.at });
    await createMark(tx, { bootId: boot.id, ...mark });
    await this.#events.record(tx, {
      type: 'node.boot-mark',
      subjectKind: 'node',
      subjectId: boot.nodeId,
      data: { bootId: boot.id, name: mark.name },
    });
  }
}

function isUnderWay(boot: BootRow, at: Date): boolean {
  const hasScript = boot.marks.some(({ name }) => name === 'script');
  return boot.finishedAt === null && !hasScript && at.getTime() - boot.startedAt.getTime() < STALE_MS;
}
