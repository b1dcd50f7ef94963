import type { Inventory } from '@halligan/pxe/discovery';
import type { TestApi } from '../../testing/index.ts';
import { AgentActions, type AgentOrder } from '../agent-actions.ts';
import { FirstBoot } from '../first-boot.ts';
import { Heartbeats } from '../heartbeats.ts';
import { NodeBoots } from '../node-boots.ts';
import { NodeInventory } from '../node-inventory.ts';
import { NodeLifecycle } from '../node-lifecycle.ts';
import type { NodeEvent } from '../node-transitions.ts';
import { testInventory, testMac } from './inventory.ts';

export const testHostKey = `ssh-ed25519 ${'A'.repeat(68)}`;

/** A machine that behaves as netboot and the discovery image would make it: it boots, reports and obeys. */
export class TestMachine {
  id = '';
  readonly api: TestApi;
  readonly mac: string;
  readonly inventory: Inventory;

  constructor(api: TestApi, number: number, inventory: Inventory = testInventory(number)) {
    this.api = api;
    this.mac = testMac(number);
    this.inventory = inventory;
  }

  /** Boots from the network and reports what it is. */
  async discover(): Promise<this> {
    const { id } = await this.api.get(NodeBoots).identify(this.mac);
    await this.api.get(AgentActions).sessionStarted(id);
    this.id = (await this.api.get(NodeInventory).report(id, this.inventory)).nodeId;
    return this;
  }

  async beat(): Promise<void> {
    this.api.get(Heartbeats).beat(this.id);
    await this.api.get(Heartbeats).flush();
  }

  next(): Promise<AgentOrder | null> {
    return this.api.get(AgentActions).next(this.id);
  }

  /** Does what it is told to do next, which must be of this kind. */
  async obey(kind: AgentOrder['kind']): Promise<AgentOrder> {
    const order = await this.next();
    if (order?.kind !== kind)
      throw new Error(`The agent was to be told to ${kind}, but got ${order?.kind ?? 'nothing'}.`);
    await this.report(order.id, 'running');
    await this.report(order.id, 'done');
    return order;
  }

  report(actionId: string, status: 'running' | 'done' | 'failed', message?: string): Promise<void> {
    return this.api.get(AgentActions).report(this.id, actionId, { status, ...(message ? { message } : {}) });
  }

  /** The first start of the installed system. */
  callHome(): Promise<void> {
    const facts = { hostname: 'x', machineId: 'y', os: 'debian-12' };
    return this.api.get(FirstBoot).report(this.id, { ...facts, sshHostKeys: [testHostKey] });
  }

  event(event: NodeEvent): Promise<unknown> {
    const lifecycle = this.api.get(NodeLifecycle);
    return this.api.database.transaction((tx) => lifecycle.transition(tx, this.id, event, { actor: 'test' }));
  }

  /** From power on to ready, by an image. */
  async becomeReady(): Promise<this> {
    await this.discover();
    await this.beat();
    await this.api.operator.post(`/nodes/${this.id}/actions/install`, {});
    for (const kind of ['wipe', 'install-image', 'reboot'] as const) await this.obey(kind);
    await this.callHome();
    await this.event('ready');
    return this;
  }

  /** As the API shows it. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  async show(): Promise<any> {
    return (await this.api.viewer.get(`/nodes/${this.id}`)).body;
  }
}

/** The admin network that nodes take their addresses from. */
export function putAdminNetwork(
  api: TestApi,
  cidr = '10.78.0.0/24',
  first = '10.78.0.20',
  last = '10.78.0.99',
) {
  return api.admin.put('/networks/admin', {
    cidr,
    gateway: null,
    dns: [],
    ranges: [{ purpose: 'host', first, last }],
  });
}
