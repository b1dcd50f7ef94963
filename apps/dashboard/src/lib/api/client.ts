import { unwrap } from '@halligan/api-client';
import { client } from './session-client.ts';
import type * as t from './types.ts';

export interface NodeFilter {
  state: t.NodeState | null;
  q: string;
}

type Draft = Pick<t.Revision, 'attributes' | 'elements'>;

const at = (barclamp: string, name: string) => ({ params: { path: { barclamp, name } } });
const of = (node: string) => ({ params: { path: { node } } });

const session = {
  show: () => unwrap(client.GET('/api/v1/session')),
  signIn: (username: string, password: string) =>
    unwrap(client.POST('/api/v1/session', { body: { username, password } })),
  signOut: () => unwrap(client.DELETE('/api/v1/session')),
  changePassword: (currentPassword: string, newPassword: string) =>
    unwrap(client.POST('/api/v1/session/password', { body: { currentPassword, newPassword } })),
};

const tokens = {
  list: () => unwrap(client.GET('/api/v1/tokens')),
  create: (body: t.NewToken) => unwrap(client.POST('/api/v1/tokens', { body })),
  remove: (id: string) => unwrap(client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
};

const users = {
  list: () => unwrap(client.GET('/api/v1/users')),
  create: (body: t.NewUser) => unwrap(client.POST('/api/v1/users', { body })),
  change: (id: string, body: t.UserChange) =>
    unwrap(client.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body })),
  remove: (id: string) => unwrap(client.DELETE('/api/v1/users/{id}', { params: { path: { id } } })),
};

const nodes = {
  page: ({ state, q }: NodeFilter, cursor: string | null, limit: number, signal?: AbortSignal) => {
    const query = {
      limit,
      ...(state === null ? {} : { state }),
      ...(q === '' ? {} : { q }),
      ...(cursor === null ? {} : { cursor }),
    };
    return unwrap(
      client.GET('/api/v1/nodes', { params: { query }, ...(signal === undefined ? {} : { signal }) }),
    );
  },
  show: (name: string) => unwrap(client.GET('/api/v1/nodes/{node}', of(name))),
  change: (name: string, body: t.NodeChange) =>
    unwrap(client.PATCH('/api/v1/nodes/{node}', { ...of(name), body })),
  remove: (name: string) => unwrap(client.DELETE('/api/v1/nodes/{node}', of(name))),
  act: (node: string, action: t.NodeAction, body: { bootEnv?: string } = {}) => {
    const path = { node, action: action as Exclude<t.NodeAction, 'retry'> };
    return unwrap(client.POST('/api/v1/nodes/{node}/actions/{action}', { params: { path }, body }));
  },
  history: (name: string) => unwrap(client.GET('/api/v1/nodes/{node}/history', of(name))),
  boots: (node: string, limit: number) =>
    unwrap(client.GET('/api/v1/nodes/{node}/boots', { params: { path: { node }, query: { limit } } })),
  console: (node: string, after: number, signal: AbortSignal) =>
    unwrap(
      client.GET('/api/v1/nodes/{node}/console', {
        params: { path: { node }, query: { after, limit: 500 } },
        signal,
      }),
    ),
  setBmc: (name: string, body: t.BmcInput) =>
    unwrap(client.PUT('/api/v1/nodes/{node}/bmc', { ...of(name), body })),
  removeBmc: (name: string) => unwrap(client.DELETE('/api/v1/nodes/{node}/bmc', of(name))),
};

const networks = {
  list: () => unwrap(client.GET('/api/v1/networks')),
  put: (name: string, body: t.NetworkInput) =>
    unwrap(client.PUT('/api/v1/networks/{name}', { params: { path: { name } }, body })),
  leases: () => unwrap(client.GET('/api/v1/leases')),
};

const bootEnvs = {
  list: () => unwrap(client.GET('/api/v1/boot-envs')),
  preview: (name: string, node: string) =>
    unwrap(client.GET('/api/v1/boot-envs/{name}/preview', { params: { path: { name }, query: { node } } })),
};

const barclamps = {
  list: () => unwrap(client.GET('/api/v1/barclamps')),
  show: (name: string) => unwrap(client.GET('/api/v1/barclamps/{name}', { params: { path: { name } } })),
};

const proposals = {
  list: () => unwrap(client.GET('/api/v1/proposals')),
  create: (body: t.NewProposal) => unwrap(client.POST('/api/v1/proposals', { body })),
  show: (barclamp: string, name: string) =>
    unwrap(client.GET('/api/v1/proposals/{barclamp}/{name}', at(barclamp, name))),
  save: (barclamp: string, name: string, body: t.ProposalChange) =>
    unwrap(client.PUT('/api/v1/proposals/{barclamp}/{name}', { ...at(barclamp, name), body })),
  remove: (barclamp: string, name: string) =>
    unwrap(client.DELETE('/api/v1/proposals/{barclamp}/{name}', at(barclamp, name))),
  validate: (barclamp: string, name: string, body: Draft) =>
    unwrap(client.POST('/api/v1/proposals/{barclamp}/{name}/validate', { ...at(barclamp, name), body })),
  plan: (barclamp: string, name: string) =>
    unwrap(client.POST('/api/v1/proposals/{barclamp}/{name}/plan', at(barclamp, name))),
  commit: (barclamp: string, name: string, planHash?: string) => {
    const body = planHash === undefined ? {} : { planHash };
    return unwrap(client.POST('/api/v1/proposals/{barclamp}/{name}/commit', { ...at(barclamp, name), body }));
  },
  revisions: (barclamp: string, name: string) =>
    unwrap(client.GET('/api/v1/proposals/{barclamp}/{name}/revisions', at(barclamp, name))),
};

const runs = {
  list: (proposal: string | null, limit: number) => {
    const query = proposal === null ? { limit } : { limit, proposal };
    return unwrap(client.GET('/api/v1/runs', { params: { query } }));
  },
  show: (id: string) => unwrap(client.GET('/api/v1/runs/{id}', { params: { path: { id } } })),
  cancel: (id: string) => unwrap(client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } })),
  retry: (id: string) => unwrap(client.POST('/api/v1/runs/{id}/retry', { params: { path: { id } } })),
};

const audit = {
  page: (cursor: string | null) => {
    const query = cursor === null ? { limit: 100 } : { limit: 100, cursor: Number(cursor) };
    return unwrap(client.GET('/api/v1/audit', { params: { query } }));
  },
};

const system = {
  show: async (): Promise<t.SystemInfo> => unwrap(client.GET('/api/v1/system')),
};

/** Every call the dashboard makes, by noun. The one place that knows paths. */
export const api = {
  session,
  tokens,
  users,
  nodes,
  networks,
  bootEnvs,
  barclamps,
  proposals,
  runs,
  audit,
  system,
};
