import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { LiveEvent, NodeDetail, NodePage } from '../api/types.ts';
import { affectedBy } from './affected.ts';
import { reduceNode, reduceNodePage, replaceNode } from './reduce.ts';

/** Above this many changed nodes at once the list is read again instead of each node. */
const singleReads = 6;

type NodePages = InfiniteData<NodePage, string | null>;

function mapPages(client: QueryClient, change: (page: NodePage) => NodePage): void {
  client.setQueriesData<NodePages>({ queryKey: ['nodes'] }, (data) =>
    data === undefined ? data : { ...data, pages: data.pages.map(change) },
  );
}

function patchNodes(client: QueryClient, events: readonly LiveEvent[]): void {
  mapPages(client, (page) => reduceNodePage(page, events));
  client.setQueriesData<NodeDetail>({ queryKey: ['node'] }, (node) =>
    node === undefined ? node : events.reduce<NodeDetail>(reduceNode, node),
  );
}

async function readAgain(client: QueryClient, id: string): Promise<void> {
  const fresh = await api.nodes.show(id);
  mapPages(client, (page) => replaceNode(page, fresh));
  client.setQueriesData<NodeDetail>({ queryKey: ['node'] }, (node) => (node?.id === id ? fresh : node));
}

function shownNodes(client: QueryClient): Set<string> {
  const ids = new Set<string>();
  for (const [, data] of client.getQueriesData<NodePages>({ queryKey: ['nodes'], type: 'active' })) {
    for (const page of data?.pages ?? []) for (const node of page.items) ids.add(node.id);
  }
  for (const [, node] of client.getQueriesData<NodeDetail>({ queryKey: ['node'], type: 'active' })) {
    if (node !== undefined) ids.add(node.id);
  }
  return ids;
}

/**
 * Brings the cache up to date with a batch of events: what the events tell is shown at once, what they
 * only hint at is read again. A filtered list is read again on state changes, for members come and go.
 */
export async function applyEvents(client: QueryClient, events: readonly LiveEvent[]): Promise<void> {
  const { keys, staleNodes, nodeListChanged } = affectedBy(events);
  patchNodes(client, events);
  const work: Promise<unknown>[] = keys.map((queryKey) =>
    client.invalidateQueries({ queryKey: [...queryKey] }),
  );
  const shown = shownNodes(client);
  const toRead = [...staleNodes].filter((id) => shown.has(id));
  if (toRead.length <= singleReads) {
    work.push(...toRead.map((id) => readAgain(client, id)));
  } else {
    work.push(client.invalidateQueries({ queryKey: ['node'] }));
  }
  const moved = events.some((event) => event.type === 'node.state');
  if (nodeListChanged || toRead.length > singleReads) {
    work.push(client.invalidateQueries({ queryKey: ['nodes'] }));
  } else if (moved) {
    work.push(client.invalidateQueries({ queryKey: ['nodes', 'filtered'] }));
  }
  await Promise.allSettled(work);
}
