import { randomUUID } from 'node:crypto';
import type * as t from '../src/lib/api/types.ts';
import { kindOf } from '../src/lib/nodes/states.ts';
import { Refusal } from './router.ts';

export interface FakeNode extends t.NodeDetail {
  history: t.StateChange[];
  boots: t.Boot[];
  console: t.ConsolePage['chunks'];
}

export type StoredProposal = t.ProposalDetail & { revisions: t.Revision[] };

/** Everything the fake server knows, and the events it tells. */
export class World {
  readonly nodes = new Map<string, FakeNode>();
  readonly proposals = new Map<string, StoredProposal>();
  readonly runs = new Map<string, t.RunDetail>();
  readonly audit: t.AuditEntry[] = [];
  readonly events: t.LiveEvent[] = [];
  readonly speed: number;
  #listeners = new Set<(event: t.LiveEvent) => void>();
  #serial = 0;

  constructor(speed: number) {
    this.speed = speed;
  }

  next(): number {
    this.#serial += 1;
    return this.#serial;
  }

  listen(listener: (event: t.LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(type: string, subjectId: string, data: Record<string, unknown> = {}): void {
    const subjectKind = type.split('.')[0] ?? '';
    const event: t.LiveEvent = { id: this.next(), at: now(), type, subjectKind, subjectId, data };
    this.events.push(event);
    if (this.events.length > 2000) this.events.shift();
    for (const listener of this.#listeners) listener(event);
  }

  note(
    actor: string,
    action: string,
    subjectKind: string,
    subjectId: string,
    outcome: t.AuditEntry['outcome'] = 'done',
  ): void {
    const detail = {};
    this.audit.unshift({
      id: this.next(),
      at: now(),
      actor,
      action,
      subjectKind,
      subjectId,
      outcome,
      address: '127.0.0.1',
      detail,
    });
  }

  node(name: string): FakeNode {
    const found = this.nodes.get(name) ?? [...this.nodes.values()].find((node) => node.name === name);
    if (found !== undefined) return found;
    throw new Refusal(404, 'node.not_found', `There is no node called ${name}.`, {
      remedy: 'The list of nodes shows the names there are.',
    });
  }

  /** Waits, at this world's speed. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds / this.speed));
  }

  move(
    node: FakeNode,
    to: t.NodeState,
    event: string,
    reason: string,
    more: Partial<FakeNode> = {},
    actor = 'system',
  ): void {
    const from = node.state;
    const at = now();
    node.history.unshift({ id: this.next(), event, from, to, reason, actor, at });
    Object.assign(node, {
      state: to,
      stateKind: kindOf(to),
      stateReason: reason,
      stateSince: at,
      stateDeadline:
        kindOf(to) === 'working' ? new Date(Date.now() + 900_000 / this.speed).toISOString() : null,
      failedDuring: to === 'failed' ? from : null,
      progress: null,
      nextAction: '',
      version: node.version + 1,
      ...more,
    });
    node.actions = allowed(node);
    this.tell('node.state', node.id, { from, to, event, reason });
  }

  progress(node: FakeNode, percent: number | null, message: string): void {
    node.progress = { percent, message };
    node.lastSeenAt = now();
    this.tell('node.progress', node.id, { percent, message, phase: message });
  }

  print(node: FakeNode, line: string): void {
    const id = this.next();
    node.console.push({ id, at: now(), text: `${line}\n` });
    this.tell('node.console', node.id, { lastId: id });
  }
}

export function now(): string {
  return new Date().toISOString();
}

export function newId(): string {
  return randomUUID();
}

const byState: Partial<Record<t.NodeState, t.NodeAction[]>> = {
  discovered: ['allocate', 'install', 'reset'],
  allocated: ['install', 'reset'],
  ready: ['reinstall', 'reset'],
  installed: ['reinstall', 'reset'],
  failed: ['reinstall', 'reset'],
};

export function allowed(node: t.NodeDetail): t.NodeAction[] {
  const power: t.NodeAction[] = node.bmc === null ? [] : ['power-on', 'power-off', 'power-cycle', 'reboot'];
  return [...(byState[node.state] ?? ['reset']), ...power];
}
