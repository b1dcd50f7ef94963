import {
  type ActionReport,
  type ActionTokens,
  type AgentAction,
  type AgentDesk,
  type AgentHello,
  BootHttpError,
  type FirstBootReport,
  type InstalledReport,
  type Mark,
  type NodeCaller,
} from '@halligan/pxe/boot';
import { Injectable } from '@nestjs/common';
import { AgentActions } from '../../nodes/agent-actions.ts';
import { ConsoleLog } from '../../nodes/console-log.ts';
import { FirstBoot } from '../../nodes/first-boot.ts';
import { Heartbeats } from '../../nodes/heartbeats.ts';
import { NodeBoots } from '../../nodes/node-boots.ts';
import { NodeInventory } from '../../nodes/node-inventory.ts';
import { ProblemError } from '../../shared/problem.error.ts';
import { Artifacts } from '../artifacts/artifacts.ts';
import { NodeBook } from '../book/node-book.ts';
import { Identities } from '../boot/identities.ts';
import { BootMarks } from '../timeline/boot-marks.ts';
import { AgentOrders } from './agent-orders.ts';
import { WakeUps } from './wake-ups.ts';

/** No sleep of a long poll is longer than this, should news ever be missed. */
const lookAgainMs = 10_000;

/** Every action begins and ends so: nothing a boot timeline needs to say. */
const frame = new Set(['start', 'done']);

/** Marks that say what the phases of an action have said already. */
const told = new Set([
  ...['wipe', 'partition', 'unpack', 'configure', 'boot-loader', 'sync'].map((phase) => `${phase}-start`),
  'install-done',
]);

/** Carries the calls of the discovery system and of installed systems to the nodes' services. */
@Injectable()
export class ServerAgentDesk implements AgentDesk {
  readonly #identities: Identities;
  readonly #actions: AgentActions;
  readonly #orders: AgentOrders;
  readonly #wakeUps: WakeUps;
  readonly #inventory: NodeInventory;
  readonly #firstBoot: FirstBoot;
  readonly #boots: NodeBoots;
  readonly #console: ConsoleLog;
  readonly #heartbeats: Heartbeats;
  readonly #marks: BootMarks;
  readonly #artifacts: Artifacts;
  readonly #nodes: NodeBook;

  constructor(
    identities: Identities,
    actions: AgentActions,
    orders: AgentOrders,
    wakeUps: WakeUps,
    inventory: NodeInventory,
    firstBoot: FirstBoot,
    boots: NodeBoots,
    console: ConsoleLog,
    heartbeats: Heartbeats,
    marks: BootMarks,
    artifacts: Artifacts,
    nodes: NodeBook,
  ) {
    this.#identities = identities;
    this.#actions = actions;
    this.#orders = orders;
    this.#wakeUps = wakeUps;
    this.#inventory = inventory;
    this.#firstBoot = firstBoot;
    this.#boots = boots;
    this.#console = console;
    this.#heartbeats = heartbeats;
    this.#marks = marks;
    this.#artifacts = artifacts;
    this.#nodes = nodes;
  }

  async session(hello: AgentHello): Promise<{ nodeId: string; nodeName: string }> {
    const { mac, firmware, arch, kernelStartedAt } = hello;
    const node = await this.#identities.identify(mac, {
      ...(firmware ? { firmware } : {}),
      ...(arch ? { arch } : {}),
    });
    await this.#actions.sessionStarted(node.id);
    this.#heartbeats.beat(node.id);
    if (kernelStartedAt !== null) this.#marks.note(mac, { name: 'kernel-start', at: kernelStartedAt });
    this.#marks.note(mac, { name: 'agent', at: Date.now() });
    return { nodeId: node.id, nodeName: node.name };
  }

  async inventory({ nodeId }: NodeCaller, inventory: unknown): Promise<{ nodeId: string }> {
    this.#require(nodeId);
    const result = await this.#asked(() => this.#inventory.report(nodeId, inventory));
    await this.#nodes.refresh(result.nodeId);
    this.#heartbeats.beat(result.nodeId);
    return { nodeId: result.nodeId };
  }

  async nextAction(
    { nodeId }: NodeCaller,
    tokens: ActionTokens,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<AgentAction | null> {
    this.#require(nodeId);
    this.#heartbeats.beat(nodeId);
    const deadline = Date.now() + waitMs;
    for (;;) {
      const left = Math.max(0, deadline - Date.now());
      const nap = new AbortController();
      const until = AbortSignal.any([signal, nap.signal]);
      const news = this.#wakeUps.next(nodeId, Math.min(left, lookAgainMs), until);
      try {
        const action = await this.#orders.next(nodeId, tokens);
        if (action || left === 0 || signal.aborted) return action;
        await news;
      } finally {
        nap.abort();
      }
    }
  }

  async report({ nodeId }: NodeCaller, actionId: string, report: ActionReport): Promise<void> {
    const { status, percent, phase, message } = report;
    await this.#asked(() =>
      this.#actions.report(nodeId, actionId, {
        status,
        ...(percent === null ? {} : { percent }),
        ...(phase === null || frame.has(phase) ? {} : { phase }),
        ...(message === null ? {} : { message }),
      }),
    );
    // The machine may restart the moment it has its answer: what it then boots must be known here already.
    if (status !== 'running') await this.#nodes.refresh(nodeId);
    this.#heartbeats.beat(nodeId);
  }

  async image(_caller: NodeCaller, name: string): Promise<string | null> {
    return this.#artifacts.imagePath(name);
  }

  async marks({ mac }: NodeCaller, marks: readonly Mark[]): Promise<void> {
    for (const { name, at } of marks) if (!told.has(name)) this.#marks.note(mac, { name, at });
  }

  async console({ nodeId }: NodeCaller, text: string): Promise<void> {
    this.#require(nodeId);
    try {
      await this.#console.append(nodeId, text);
    } catch (error) {
      // The node may have been deleted a moment ago, before the news of it came here.
      await this.#nodes.refresh(nodeId);
      this.#require(nodeId);
      throw error;
    }
  }

  async firstBoot({ nodeId }: NodeCaller, report: FirstBootReport): Promise<void> {
    const { hostname, machineId, sshHostKeys, os, marks } = report;
    await this.#asked(() =>
      this.#firstBoot.report(nodeId, {
        hostname: hostname ?? '',
        machineId: machineId ?? '',
        sshHostKeys,
        os: os ?? '',
        marks: marks.map(({ name, at }) => ({ name, at: new Date(at) })),
      }),
    );
    await this.#nodes.refresh(nodeId);
  }

  async installed({ nodeId }: NodeCaller, { status, message }: InstalledReport): Promise<void> {
    const said = message === null ? {} : { message };
    await this.#asked(() => this.#boots.installerFinished(nodeId, { ok: status === 'done', ...said }));
    await this.#nodes.refresh(nodeId);
  }

  /** A deleted node's session ends with the next call, if not before; the machine then boots anew and is found again. */
  #require(nodeId: string): void {
    if (!this.#nodes.byId(nodeId)) throw new BootHttpError(403, 'boot.node_gone', 'this node is no more');
  }

  /** A refusal of ours becomes the same refusal in plain text. */
  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status >= 500) throw error;
      throw new BootHttpError(error.status, error.code, error.message);
    }
  }
}
