import { randomBytes } from 'node:crypto';
import { parseMac } from '@halligan/pxe/dhcp';
import { Injectable } from '@nestjs/common';
import { ADMIN_NETWORK } from '../networks/network-facts.ts';
import { NetworkReader } from '../networks/network-reader.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { installsBy } from './boot-env-kind.ts';
import { type InstallParameters, installParameters } from './install-parameters.ts';
import { asStanding, NodeLifecycle, requireNode } from './node-lifecycle.ts';
import { type NextBoot, type NodeState, nodeStates } from './node-state.ts';
import { birth, destination, type NodeEvent, standingOf } from './node-transitions.ts';
import {
  createNode,
  createStateChange,
  findNode,
  findNodeByMac,
  findNodeByName,
  isTaken,
  type NodeRow,
} from './nodes.repository.ts';

/** A machine that boots from the network. */
export interface BootingNode {
  id: string;
  name: string;
  state: NodeState;
  nextBoot: NextBoot;
  bootEnv: string | null;
  consoleArguments: string;
  /** True when it was unknown until now. */
  created: boolean;
}

/** What the machine gets. For an image the discovery system boots and installs, so that is what is planned. */
export type BootPlan =
  | { kind: 'discovery' | 'local'; node: BootingNode }
  | { kind: 'installer'; node: BootingNode; install: InstallParameters };

/** Tells netboot whose MAC this is and what it boots, and takes what installers report. */
@Injectable()
export class NodeBoots {
  readonly #database: Database;
  readonly #lifecycle: NodeLifecycle;
  readonly #networks: NetworkReader;
  readonly #events: Events;

  constructor(database: Database, lifecycle: NodeLifecycle, networks: NetworkReader, events: Events) {
    this.#database = database;
    this.#lifecycle = lifecycle;
    this.#networks = networks;
    this.#events = events;
  }

  /** The node with this NIC; an unknown machine becomes a node that is being discovered. */
  async identify(
    macText: string,
    seen: { firmware?: 'bios' | 'uefi'; arch?: string } = {},
  ): Promise<BootingNode> {
    const mac = parseMac(macText);
    const known = await findNodeByMac(this.#database.db, mac);
    if (known !== null) return bootingNode(known, false);
    try {
      return bootingNode(await this.#database.transaction((tx) => this.#create(tx, mac, seen)), true);
    } catch (error) {
      // Two packets of one machine at once: the other one has made it.
      const made = isTaken(error) ? await findNodeByMac(this.#database.db, mac) : null;
      if (made === null) throw error;
      return bootingNode(made, false);
    }
  }

  /** Throws a ProblemError when the node cannot be installed: it says what is missing. */
  async plan(nodeId: string): Promise<BootPlan> {
    const row = await findNode(this.#database.db, nodeId);
    if (row === null) throw new ProblemError(404, 'node.not_found', `There is no node ${nodeId}.`);
    const node = bootingNode(row, false);
    if (node.nextBoot === 'local') return { kind: 'local', node };
    if (node.nextBoot === 'discovery' || installsBy(row.bootEnv) === 'image')
      return { kind: 'discovery', node };
    const network = await this.#networks.byName(ADMIN_NETWORK);
    return { kind: 'installer', node, install: installParameters(row, network) };
  }

  /** An installer took its install file. */
  installerStarted(nodeId: string): Promise<void> {
    return this.#apply(nodeId, 'install-start', { reason: 'The installer fetched its install file.' });
  }

  /** An installer's last call. */
  async installerFinished(nodeId: string, result: { ok: boolean; message?: string }): Promise<void> {
    if (result.ok) return this.#apply(nodeId, 'install-done', {});
    const reason = `The installer failed: ${result.message?.slice(0, 500) || 'it did not say why'}`;
    return this.#apply(nodeId, 'fail', { reason });
  }

  /** Repeats change nothing: the event applies only where it is declared. */
  async #apply(nodeId: string, event: NodeEvent, options: { reason?: string }): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const node = await requireNode(tx, nodeId);
      if (destination(standingOf(asStanding(node)), event) === null) return;
      await this.#lifecycle.transition(tx, nodeId, event, { actor: `node:${node.name}`, ...options });
    });
  }

  async #create(tx: Tx, mac: string, seen: { firmware?: 'bios' | 'uefi'; arch?: string }): Promise<NodeRow> {
    const { nextAction, deadlineSeconds = 0 } = nodeStates[birth.to];
    const now = new Date();
    const node = await createNode(tx, {
      name: await freeName(tx, mac),
      state: birth.to,
      stateReason: birth.reason,
      nextAction,
      stateSince: now,
      stateDeadline: new Date(now.getTime() + deadlineSeconds * 1000),
      lastSeenAt: now,
      powerState: 'on',
      powerStateAt: now,
      nics: { create: { mac, boot: true } },
      ...seen,
    });
    const change = { from: birth.from, to: birth.to, event: birth.event, reason: birth.reason };
    await createStateChange(tx, { nodeId: node.id, actor: 'system', ...change });
    const subject = { subjectKind: 'node', subjectId: node.id };
    await this.#events.record(tx, { ...subject, type: 'node.created', data: { name: node.name } });
    await this.#events.record(tx, { ...subject, type: 'node.state', data: change });
    return node;
  }
}

/** After its NIC; with a suffix when somebody has given that name to another machine. */
async function freeName(tx: Tx, mac: string): Promise<string> {
  const name = `d${mac.replaceAll(':', '-')}`;
  return (await findNodeByName(tx, name)) === null ? name : `${name}-${randomBytes(2).toString('hex')}`;
}

function bootingNode(row: NodeRow, created: boolean): BootingNode {
  const { id, name, bootEnv, consoleArguments } = row;
  return {
    id,
    name,
    state: row.state as NodeState,
    nextBoot: row.nextBoot as NextBoot,
    bootEnv,
    consoleArguments,
    created,
  };
}
