'use client';

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, type NodeFilter } from './api/client.ts';

export const nodePageSize = 200;

/** Lists without a filter take part in live counting; filtered ones are read again when nodes move. */
export function nodesQuery(filter: NodeFilter) {
  const kind = filter.state === null && filter.q === '' ? 'all' : 'filtered';
  return infiniteQueryOptions({
    queryKey: ['nodes', kind, filter],
    queryFn: ({ pageParam, signal }) => api.nodes.page(filter, pageParam, nodePageSize, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export const nodeQuery = (name: string) =>
  queryOptions({ queryKey: ['node', name], queryFn: () => api.nodes.show(name) });
export const nodeHistoryQuery = (id: string) =>
  queryOptions({ queryKey: ['node-history', id], queryFn: () => api.nodes.history(id) });
export const nodeBootsQuery = (id: string) =>
  queryOptions({ queryKey: ['node-boots', id], queryFn: () => api.nodes.boots(id, 10) });

export const networksQuery = queryOptions({ queryKey: ['networks'], queryFn: api.networks.list });
export const leasesQuery = queryOptions({
  queryKey: ['leases'],
  queryFn: api.networks.leases,
  refetchInterval: 15_000,
});

export const bootEnvsQuery = queryOptions({ queryKey: ['boot-envs'], queryFn: api.bootEnvs.list });
export const bootEnvPreviewQuery = (name: string, node: string) =>
  queryOptions({
    queryKey: ['boot-env-preview', name, node],
    queryFn: () => api.bootEnvs.preview(name, node),
    enabled: name !== '' && node !== '',
  });

export const barclampsQuery = queryOptions({
  queryKey: ['barclamps'],
  queryFn: api.barclamps.list,
  staleTime: 300_000,
});
export const barclampQuery = (name: string) =>
  queryOptions({ queryKey: ['barclamp', name], queryFn: () => api.barclamps.show(name), staleTime: 300_000 });

export const proposalsQuery = queryOptions({ queryKey: ['proposals'], queryFn: api.proposals.list });
export const proposalQuery = (barclamp: string, name: string) =>
  queryOptions({
    queryKey: ['proposal', barclamp, name],
    queryFn: () => api.proposals.show(barclamp, name),
  });
export const revisionsQuery = (barclamp: string, name: string) =>
  queryOptions({
    queryKey: ['proposal', barclamp, name, 'revisions'],
    queryFn: () => api.proposals.revisions(barclamp, name),
  });

export const runsQuery = (proposalId: string | null, limit = 50) =>
  queryOptions({ queryKey: ['runs', proposalId, limit], queryFn: () => api.runs.list(proposalId, limit) });
export const runQuery = (id: string) =>
  queryOptions({ queryKey: ['run', id], queryFn: () => api.runs.show(id), enabled: id !== '' });

export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: api.tokens.list });
export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: api.users.list });
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam }) => api.audit.page(pageParam),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: api.system.show,
  refetchInterval: 10_000,
});
