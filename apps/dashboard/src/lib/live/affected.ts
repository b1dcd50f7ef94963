import type { LiveEvent } from '../api/types.ts';

export interface Affected {
  /** Query keys whose answers may have changed. */
  keys: readonly (readonly string[])[];
  /** Nodes of which only a part is known by the events, to be read again. */
  staleNodes: ReadonlySet<string>;
  /** The list of nodes itself changed. */
  nodeListChanged: boolean;
}

const nodeParts: Record<string, readonly string[]> = {
  'node.state': ['node-history'],
  'node.boot-mark': ['node-boots'],
  'node.console': ['node-console'],
};

function keysOf(event: LiveEvent): (readonly string[])[] {
  const part = nodeParts[event.type];
  if (part !== undefined) return [[...part, event.subjectId]];
  if (event.type === 'proposal.updated') return [['proposals'], ['proposal']];
  if (event.type === 'run.updated') return [['runs'], ['run'], ['proposals'], ['proposal']];
  if (event.type === 'run.step') return [['run'], ['runs']];
  if (event.type === 'system.process') return [['system']];
  if (event.type === 'network.updated') return [['networks'], ['leases']];
  return [];
}

/** What a batch of events makes stale. */
export function affectedBy(events: readonly LiveEvent[]): Affected {
  const keys = new Map<string, readonly string[]>();
  const staleNodes = new Set<string>();
  let nodeListChanged = false;
  for (const event of events) {
    for (const key of keysOf(event)) keys.set(key.join('\u0000'), key);
    if (event.type === 'node.created' || event.type === 'node.deleted') nodeListChanged = true;
    if (event.type === 'node.updated' || event.type === 'node.state') staleNodes.add(event.subjectId);
    if (event.type === 'node.deleted') staleNodes.delete(event.subjectId);
  }
  return { keys: [...keys.values()], staleNodes, nodeListChanged };
}
