import type { Inventory } from '@halligan/pxe/discovery';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../shared/database/database.ts';
import { isAlive } from './node-effects.ts';
import { asStanding } from './node-lifecycle.ts';
import type { NodeState, Standing } from './node-state.ts';
import { standingOf } from './node-transitions.ts';
import { findNodeByEither, findNodes, type NodeRow } from './nodes.repository.ts';

/** What other parts may know of a node. */
export interface NodeFacts {
  id: string;
  name: string;
  state: NodeState;
  standing: Standing;
  version: number;
  /** Address in the admin network, once allocated. */
  address: string | null;
  macs: string[];
  /** For example debian-12, once installed. */
  platform: string | null;
  /** `<type> <base64>`; empty until the first boot. */
  sshHostKeys: string[];
  available: boolean;
  alive: boolean;
  arch: string | null;
  firmware: 'bios' | 'uefi' | null;
  inventory: Inventory | null;
}

/** Questions about nodes, for proposals and runs. Inside a transaction, pass its `tx`. Unknown nodes are left out. */
@Injectable()
export class NodeReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async byNames(names: readonly string[], tx?: Tx): Promise<NodeFacts[]> {
    return (await findNodes(tx ?? this.#database.db, { names: [...names] })).map(nodeFacts);
  }

  async byIds(ids: readonly string[], tx?: Tx): Promise<NodeFacts[]> {
    return (await findNodes(tx ?? this.#database.db, { ids: [...ids] })).map(nodeFacts);
  }

  async one(idOrName: string, tx?: Tx): Promise<NodeFacts | null> {
    const row = await findNodeByEither(tx ?? this.#database.db, idOrName);
    return row === null ? null : nodeFacts(row);
  }
}

export function nodeFacts(row: NodeRow): NodeFacts {
  const { id, name, version, address, platform, available, arch } = row;
  const standing = asStanding(row);
  return {
    id,
    name,
    version,
    address,
    platform,
    available,
    arch,
    state: standing.state,
    standing: standingOf(standing),
    macs: row.nics.map(({ mac }) => mac),
    sshHostKeys: (row.sshHostKeys as string[] | null) ?? [],
    alive: isAlive({ ...row, state: standing.state }),
    firmware: row.firmware as NodeFacts['firmware'],
    inventory: row.inventory as Inventory | null,
  };
}
