import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { BmcStore } from '../hardware/bmc-store.ts';
import { Database } from '../shared/database/database.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { appliedRoles } from './applied-roles.repository.ts';
import { bootsOf } from './boot-timeline.repository.ts';
import { chunksAfter } from './console-log.repository.ts';
import type { BootView, ConsolePage, NodeDetail, NodePage, StateChangeView } from './node.dto.ts';
import { countByState, type NodeFilter, nodePage, stateChanges } from './node-list.repository.ts';
import { requireEither } from './node-orders.ts';
import { nodeDetail, nodeSummary } from './node-views.ts';

const HISTORY = 500;

/** What the API shows of nodes. */
@Injectable()
export class NodeScreens {
  readonly #database: Database;
  readonly #bmcs: BmcStore;

  constructor(database: Database, bmcs: BmcStore) {
    this.#database = database;
    this.#bmcs = bmcs;
  }

  async page(
    query: NodeFilter & { cursor?: string | undefined; limit: number },
  ): Promise<z.infer<typeof NodePage>> {
    const { db } = this.#database;
    const after = query.cursor === undefined ? null : decode(query.cursor);
    const [rows, counts, roles] = await Promise.all([
      nodePage(db, { ...query, after, limit: query.limit + 1 }),
      countByState(db),
      appliedRoles(db),
    ]);
    const items = rows.slice(0, query.limit).map((row) => nodeSummary(row, roles.get(row.id) ?? []));
    return { items, counts, nextCursor: rows.length > query.limit ? encode(items.at(-1)?.name ?? '') : null };
  }

  async detail(idOrName: string): Promise<NodeDetail> {
    const { db } = this.#database;
    const row = await requireEither(db, idOrName);
    const [bmc, roles] = await Promise.all([this.#bmcs.view(row.id), appliedRoles(db)]);
    return nodeDetail(row, { bmc, roles: roles.get(row.id) ?? [] });
  }

  async history(idOrName: string): Promise<z.infer<typeof StateChangeView>[]> {
    const { id } = await requireEither(this.#database.db, idOrName);
    const changes = await stateChanges(this.#database.db, id, HISTORY);
    return changes.map(({ nodeId: _, at, ...change }) => ({ ...change, at: at.toISOString() }));
  }

  async boots(idOrName: string, limit: number): Promise<z.infer<typeof BootView>[]> {
    const { id } = await requireEither(this.#database.db, idOrName);
    const boots = await bootsOf(this.#database.db, id, limit);
    return boots.map((boot) => ({
      id: boot.id,
      bootEnv: boot.bootEnv,
      startedAt: boot.startedAt.toISOString(),
      finishedAt: boot.finishedAt?.toISOString() ?? null,
      marks: boot.marks.map(({ name, at, detail }) => ({
        name,
        detail,
        at: at.toISOString(),
        offsetMs: at.getTime() - boot.startedAt.getTime(),
      })),
    }));
  }

  async console(idOrName: string, after: number, limit: number): Promise<z.infer<typeof ConsolePage>> {
    const { id } = await requireEither(this.#database.db, idOrName);
    const chunks = await chunksAfter(this.#database.db, id, after, limit);
    return {
      chunks: chunks.map((chunk) => ({ ...chunk, at: chunk.at.toISOString() })),
      nextAfter: chunks.at(-1)?.id ?? after,
    };
  }
}

function encode(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function decode(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (/^[a-z0-9-]+$/.test(name)) return name;
  throw new ProblemError(400, 'request.bad_cursor', 'cursor is not one of ours.', {
    remedy: 'Pass the nextCursor of the page before, unchanged.',
  });
}
