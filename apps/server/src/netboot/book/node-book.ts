import { findBootEnv } from '@halligan/pxe/boot-envs';
import { AddressError } from '@halligan/pxe/dhcp';
import { Injectable, Logger } from '@nestjs/common';
import type { InstallParameters } from '../../nodes/install-parameters.ts';
import { NodeBoots } from '../../nodes/node-boots.ts';
import { Database } from '../../shared/database/database.ts';
import { NetworkBookKeeper } from './network-book-keeper.ts';
import { allBootRecords, type BootRecord, findBootRecord } from './node-book.repository.ts';

/** A node as the boot plane has it in memory. */
export interface KnownNode extends BootRecord {
  /** For a node that an installer is to install: the facts, or why they cannot be had. */
  install: InstallParameters | { lacking: string } | null;
}

/**
 * All nodes by NIC, in memory: what a machine boots is decided from here, so that no boot waits for the database.
 * One node's news costs one look at that node.
 */
@Injectable()
export class NodeBook {
  readonly #log = new Logger(NodeBook.name);
  readonly #byMac = new Map<string, KnownNode>();
  readonly #byId = new Map<string, KnownNode>();
  readonly #refreshing = new Map<string, { again: boolean; done: Promise<void> }>();
  readonly #database: Database;
  readonly #boots: NodeBoots;
  readonly #networks: NetworkBookKeeper;

  constructor(database: Database, boots: NodeBoots, networks: NetworkBookKeeper) {
    this.#database = database;
    this.#boots = boots;
    this.#networks = networks;
  }

  byMac(mac: string): KnownNode | undefined {
    return this.#byMac.get(mac);
  }

  byId(nodeId: string): KnownNode | undefined {
    return this.#byId.get(nodeId);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Reads every node. */
  async load(): Promise<void> {
    for (const record of await allBootRecords(this.#database.db)) this.#put(await this.#complete(record));
  }

  /** Reads one node again; when it resolves, the book holds what the database held after the call. */
  refresh(nodeId: string): Promise<void> {
    const running = this.#refreshing.get(nodeId);
    if (running) {
      running.again = true;
      return running.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    entry.done = this.#refreshUntilCurrent(nodeId, entry).finally(() => this.#refreshing.delete(nodeId));
    this.#refreshing.set(nodeId, entry);
    return entry.done;
  }

  async #refreshUntilCurrent(nodeId: string, entry: { again: boolean }): Promise<void> {
    do {
      entry.again = false;
      const record = await findBootRecord(this.#database.db, nodeId);
      if (record) this.#put(await this.#complete(record));
      else this.#forget(nodeId);
    } while (entry.again);
  }

  async #complete(record: BootRecord): Promise<KnownNode> {
    const installs =
      record.nextBoot === 'os-install' && findBootEnv(record.bootEnv ?? '')?.kind === 'installer';
    return { ...record, install: installs ? await this.#installFacts(record.nodeId) : null };
  }

  async #installFacts(nodeId: string): Promise<KnownNode['install']> {
    try {
      const plan = await this.#boots.plan(nodeId);
      return plan.kind === 'installer' ? plan.install : null;
    } catch (error) {
      return { lacking: (error as Error).message };
    }
  }

  #put(node: KnownNode): void {
    const before = this.#byId.get(node.nodeId);
    const macs = new Set(node.nics.map(({ mac }) => mac));
    for (const { mac } of before?.nics ?? []) if (!macs.has(mac)) this.#dropNic(mac, node.nodeId);
    this.#byId.set(node.nodeId, node);
    for (const nic of node.nics) {
      this.#byMac.set(nic.mac, node);
      this.#tellNetworks(node.name, nic);
    }
  }

  #forget(nodeId: string): void {
    for (const { mac } of this.#byId.get(nodeId)?.nics ?? []) this.#dropNic(mac, nodeId);
    this.#byId.delete(nodeId);
  }

  /** A NIC may have gone to another node meanwhile; then it is not ours to forget. */
  #dropNic(mac: string, nodeId: string): void {
    if (this.#byMac.get(mac)?.nodeId !== nodeId) return;
    this.#byMac.delete(mac);
    this.#networks.book.removeNic(mac);
  }

  #tellNetworks(hostName: string, { mac, address }: KnownNode['nics'][number]): void {
    try {
      this.#networks.book.setNic({ mac, hostName, addresses: address === null ? [] : [address] });
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      this.#log.warn({ msg: 'A reservation cannot be kept', node: hostName, mac, error: error.message });
    }
  }
}
