import type { LiveEvent, NodePage, NodeState, NodeSummary } from '../api/types.ts';
import { groupBy } from '../group-by.ts';
import { isNodeState, kindOf } from '../nodes/states.ts';

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function withState<N extends NodeSummary>(node: N, to: NodeState, event: LiveEvent): N {
  return {
    ...node,
    state: to,
    stateKind: kindOf(to),
    stateReason: text(event.data.reason) ?? node.stateReason,
    stateSince: event.at,
    stateDeadline: null,
    failedDuring: to === 'failed' ? node.state : null,
    progress: null,
  };
}

/** The node after an event; the same object when the event says nothing about what it shows. */
export function reduceNode<N extends NodeSummary>(node: N, event: LiveEvent): N {
  if (event.subjectId !== node.id) return node;
  if (event.type === 'node.state') {
    const to = text(event.data.to);
    return isNodeState(to) && to !== node.state ? withState(node, to, event) : node;
  }
  if (event.type === 'node.progress') {
    const percent = typeof event.data.percent === 'number' ? event.data.percent : null;
    return { ...node, progress: { percent, message: text(event.data.message) ?? '' } };
  }
  return node;
}

function shiftCounts(counts: Record<string, number>, events: readonly LiveEvent[]): Record<string, number> {
  const moved = { ...counts };
  for (const event of events) {
    if (event.type !== 'node.state') continue;
    const from = text(event.data.from);
    const to = text(event.data.to);
    if (from === null || to === null || from === to) continue;
    moved[from] = Math.max(0, (moved[from] ?? 0) - 1);
    moved[to] = (moved[to] ?? 0) + 1;
  }
  return moved;
}

/** A page of the node list after events: nodes it holds are moved on, the fleet's counts follow. */
export function reduceNodePage(page: NodePage, events: readonly LiveEvent[]): NodePage {
  const bySubject = groupBy(events, (event) => event.subjectId);
  const items = page.items.map((node) => (bySubject.get(node.id) ?? []).reduce(reduceNode, node));
  return { ...page, items, counts: shiftCounts(page.counts, events) };
}

/** Puts a freshly read node in the place of its older self. */
export function replaceNode(page: NodePage, fresh: NodeSummary): NodePage {
  if (!page.items.some((node) => node.id === fresh.id)) return page;
  return { ...page, items: page.items.map((node) => (node.id === fresh.id ? fresh : node)) };
}
