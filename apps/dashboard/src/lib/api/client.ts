import { type Query, request } from './transport.ts';
import type * as t from './types.ts';

const part = encodeURIComponent;
type Signal = AbortSignal | undefined;

const get = <T>(path: string, query?: Query, signal?: Signal) =>
  request<T>('GET', path, { ...(query === undefined ? {} : { query }), signal });
const post = <T>(path: string, body: unknown = {}) => request<T>('POST', path, { body });
const put = <T>(path: string, body: unknown) => request<T>('PUT', path, { body });
const patch = <T>(path: string, body: unknown) => request<T>('PATCH', path, { body });
const remove = (path: string) => request<void>('DELETE', path);

const node = (name: string) => `/nodes/${part(name)}`;
const proposal = (barclamp: string, name: string) => `/proposals/${part(barclamp)}/${part(name)}`;

export interface NodeFilter {
  state: t.NodeState | null;
  q: string;
}

/** Every call the dashboard makes, by noun. The one place that knows paths. */
export const api = {
  session: {
    show: () => get<t.SessionInfo>('/session'),
    signIn: (username: string, password: string) => post<t.SessionInfo>('/session', { username, password }),
    signOut: () => remove('/session'),
    changePassword: (currentPassword: string, newPassword: string) =>
      post<void>('/session/password', { currentPassword, newPassword }),
  },
  tokens: {
    list: () => get<t.Token[]>('/tokens'),
    create: (input: t.NewToken) => post<t.CreatedToken>('/tokens', input),
    remove: (id: string) => remove(`/tokens/${part(id)}`),
  },
  users: {
    list: () => get<t.User[]>('/users'),
    create: (input: t.NewUser) => post<t.User>('/users', input),
    change: (id: string, change: t.UserChange) => patch<t.User>(`/users/${part(id)}`, change),
    remove: (id: string) => remove(`/users/${part(id)}`),
  },
  audit: { page: (cursor: string | null) => get<t.AuditPage>('/audit', { cursor, limit: 100 }) },
  system: { show: () => get<t.SystemInfo>('/system') },
  nodes: {
    page: (filter: NodeFilter, cursor: string | null, limit: number, signal?: Signal) =>
      get<t.NodePage>('/nodes', { state: filter.state, q: filter.q, cursor, limit }, signal),
    show: (name: string, signal?: Signal) => get<t.NodeDetail>(node(name), undefined, signal),
    change: (name: string, change: t.NodeChange) => patch<t.NodeDetail>(node(name), change),
    remove: (name: string) => remove(node(name)),
    act: (name: string, action: t.NodeAction, input: { bootEnv?: string } = {}) =>
      post<t.NodeDetail>(`${node(name)}/actions/${action}`, input),
    history: (name: string) => get<t.StateChange[]>(`${node(name)}/history`),
    boots: (name: string, limit: number) => get<t.Boot[]>(`${node(name)}/boots`, { limit }),
    console: (name: string, after: number, signal?: Signal) =>
      get<t.ConsolePage>(`${node(name)}/console`, { after, limit: 500 }, signal),
    setBmc: (name: string, input: t.BmcInput) => put<t.Bmc>(`${node(name)}/bmc`, input),
    removeBmc: (name: string) => remove(`${node(name)}/bmc`),
  },
  networks: {
    list: () => get<t.Network[]>('/networks'),
    put: (name: string, input: t.NetworkInput) => put<t.Network>(`/networks/${part(name)}`, input),
    leases: () => get<t.Lease[]>('/leases'),
  },
  bootEnvs: {
    list: () => get<t.BootEnv[]>('/boot-envs'),
    preview: (name: string, nodeName: string) =>
      get<t.BootEnvPreview>(`/boot-envs/${part(name)}/preview`, { node: nodeName }),
  },
  barclamps: {
    list: () => get<t.BarclampSummary[]>('/barclamps'),
    show: (name: string) => get<t.BarclampDetail>(`/barclamps/${part(name)}`),
  },
  proposals: {
    list: () => get<t.ProposalSummary[]>('/proposals'),
    create: (input: t.NewProposal) => post<t.ProposalDetail>('/proposals', input),
    show: (barclamp: string, name: string) => get<t.ProposalDetail>(proposal(barclamp, name)),
    save: (barclamp: string, name: string, change: t.ProposalChange) =>
      put<t.ProposalDetail>(proposal(barclamp, name), change),
    remove: (barclamp: string, name: string) => remove(proposal(barclamp, name)),
    validate: (barclamp: string, name: string, draft: { attributes: t.Attributes; elements: t.Elements }) =>
      post<{ issues: t.Issue[] }>(`${proposal(barclamp, name)}/validate`, draft),
    plan: (barclamp: string, name: string) => post<t.Plan>(`${proposal(barclamp, name)}/plan`),
    commit: (barclamp: string, name: string, planHash?: string) =>
      post<{ runId: string }>(
        `${proposal(barclamp, name)}/commit`,
        planHash === undefined ? {} : { planHash },
      ),
    revisions: (barclamp: string, name: string) => get<t.Revision[]>(`${proposal(barclamp, name)}/revisions`),
  },
  runs: {
    list: (proposalId: string | null, limit: number) =>
      get<t.RunSummary[]>('/runs', { proposal: proposalId, limit }),
    show: (id: string) => get<t.RunDetail>(`/runs/${part(id)}`),
    cancel: (id: string) => post<void>(`/runs/${part(id)}/cancel`),
    retry: (id: string) => post<{ runId: string }>(`/runs/${part(id)}/retry`),
  },
};
