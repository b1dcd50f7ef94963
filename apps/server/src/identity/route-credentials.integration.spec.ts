import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_PREFIX } from '../api.app.ts';
import { suffices } from '../shared/http/least-role.ts';
import { type Route, routesOf } from '../shared/http/routes.ts';
import { Role } from '../shared/role.dto.ts';
import { DATABASES, startTestApi, type TestApi } from '../testing/index.ts';

/** Calls a route with any parameters and an empty body; only whether it lets the caller in matters. */
async function call(api: TestApi, route: Route, headers: Record<string, string>) {
  const path = route.path.replace(/:\w+/g, 'none');
  const write = route.method !== 'GET' && route.method !== 'DELETE';
  const response = await fetch(`${api.url}${path}`, {
    method: route.method,
    headers: { ...headers, ...(write ? { 'content-type': 'application/json' } : {}) },
    ...(write ? { body: '{}' } : {}),
    signal: AbortSignal.timeout(10_000),
  });
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const code = isProblem ? ((await response.json()) as { code: string }).code : '';
  if (!isProblem) await response.body?.cancel();
  return { status: response.status, code };
}

function table(routes: Route[]): string {
  return routes
    .map((route) => `${(route.leastRole ?? 'NONE').padEnd(9)} ${route.method.padEnd(7)} ${route.path}`)
    .sort()
    .join('\n');
}

describe.each(DATABASES)('every route of the api on %s', (database) => {
  let api: TestApi;
  let routes: Route[];
  let guarded: Route[];

  beforeAll(async () => {
    api = await startTestApi({ database });
    routes = routesOf(api.app, API_PREFIX);
    guarded = routes.filter((route) => route.leastRole !== 'public');
    if (database === 'sqlite')
      process.stdout.write(`\nLeast role of each of ${routes.length} routes:\n${table(routes)}\n`);
  });
  afterAll(() => api.close());

  it('is known to Nest, to OpenAPI and to this test alike', async () => {
    const document = (await api.viewer.get('/openapi.json')).body as { paths: Record<string, object> };
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );

    expect(described.sort()).toEqual(routes.map((route) => `${route.method} ${route.path}`).sort());
    expect(routes.length).toBeGreaterThan(15);
  });

  it('declares its least role; only health and sign-in are public', () => {
    expect(routes.filter((route) => route.leastRole === undefined)).toEqual([]);
    const open = routes
      .filter((route) => route.leastRole === 'public')
      .map((route) => `${route.method} ${route.path}`);
    expect(open.sort()).toEqual(['GET /api/v1/health', 'POST /api/v1/session']);
  });

  it.each([
    ['none', {}],
    ['an unknown token', { authorization: `Bearer hlg_${'x'.repeat(43)}` }],
    ['something that is no token', { authorization: 'Bearer password' }],
    ['basic authentication', { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` }],
    ['an unknown session', { cookie: 'halligan_session=abc' }],
  ])('refuses these credentials: %s', async (_, headers) => {
    for (const route of guarded) {
      const answer = await call(api, route, headers);
      expect(answer.status, `${route.method} ${route.path}`).toBe(401);
    }
  });

  it('refuses every role that is too weak, and lets in every one that suffices', async () => {
    for (const route of guarded)
      for (const role of Role.options) {
        const answer = await call(api, route, { authorization: `Bearer ${api.users[role].token}` });
        const what = `${route.method} ${route.path} as ${role}`;
        if (suffices(role, route.leastRole ?? 'admin')) {
          expect(answer.status, what).not.toBe(401);
          expect(answer.code, what).not.toMatch(/^identity\.(role_too_weak|csrf|undeclared_route)$/);
        } else expect(answer, what).toEqual({ status: 403, code: 'identity.role_too_weak' });
      }
  });
});
