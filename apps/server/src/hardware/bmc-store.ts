import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../shared/database/database.ts';
import { SecretBox } from '../shared/secret-box.ts';
import { deleteBmc, findBmc, saveBmc } from './bmc.repository.ts';
import type { BmcAccess } from './bmc.ts';

/** A board controller as people may see it. */
export type BmcView = Omit<BmcAccess, 'password'>;

/** How to reach the nodes' board controllers. Passwords go in sealed and come out only for those who use them. */
@Injectable()
export class BmcStore {
  readonly #database: Database;
  readonly #box: SecretBox;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  async view(nodeId: string, tx?: Tx): Promise<BmcView | null> {
    const row = await findBmc(tx ?? this.#database.db, nodeId);
    if (row === null) return null;
    return { driver: 'ipmi', address: row.address, port: row.port, username: row.username };
  }

  /** With the password in the clear; null when the node has no board controller. */
  async access(nodeId: string): Promise<BmcAccess | null> {
    const row = await findBmc(this.#database.db, nodeId);
    if (row === null) return null;
    const password = this.#box.open(row.sealedPassword);
    return { driver: 'ipmi', address: row.address, port: row.port, username: row.username, password };
  }

  async save(tx: Tx, nodeId: string, access: BmcAccess): Promise<void> {
    const { password, ...view } = access;
    await saveBmc(tx, { nodeId, ...view, sealedPassword: this.#box.seal(password) });
  }

  /** True when there was one. */
  remove(tx: Tx, nodeId: string): Promise<boolean> {
    return deleteBmc(tx, nodeId);
  }
}
