import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_PREFIX } from '../api.app.ts';
import { type Route, routesOf } from '../shared/http/routes.ts';
import { DATABASES, startTestApi, type TestApi } from './index.ts';

const ROUNDS = 12;
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '../..;',
    '%00',
    '\0',
    "' OR 1=1 --",
    '-1',
    '1e999',
    'null',
    '__proto__',
    '💥',
    'a'.repeat(3000),
  ),
);
const body = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc
    .dictionary(
      fc.constantFrom(
        'name',
        'attributes',
        'elements',
        'barclamp',
        'version',
        'cidr',
        'ranges',
        'role',
        'bootEnv',
      ),
      fc.jsonValue(),
    )
    .map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '{',
    '[]',
    '{"name":"\\u0000"}',
    '{"attributes":{"a":"\\ud800"}}',
    '"',
    'null',
    '{"__proto__":{"x":1}}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
  ),
);

/** A URL cannot carry half a surrogate pair. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

describe.each(DATABASES)('nonsense sent to the api on %s', (database) => {
  let api: TestApi;
  let routes: Route[];

  beforeAll(async () => {
    api = await startTestApi({ database });
    // The stream does not end by itself; planning waits for a worker that is not there.
    routes = routesOf(api.app, API_PREFIX).filter(({ path }) => !/\/(events|plan)$/.test(path));
  });
  afterAll(() => api.close());

  async function send(route: Route, segment: string, text: string): Promise<Response> {
    const path = route.path.replace(/:\w+/g, () => encodeURIComponent(wellFormed(segment)) || 'x');
    const write = !['GET', 'DELETE'].includes(route.method);
    const query = `?limit=${encodeURIComponent(wellFormed(segment))}&cursor=${encodeURIComponent(wellFormed(text.slice(0, 50)))}`;
    return fetch(`${api.url}${path}${route.method === 'GET' ? query : ''}`, {
      method: route.method,
      headers: { authorization: `Bearer ${api.users.admin.token}`, 'content-type': 'application/json' },
      ...(write ? { body: text } : {}),
      signal: AbortSignal.timeout(10_000),
    });
  }

  it('is answered with a problem that has a code, never with a failure of the server', async () => {
    const failures = new Set<string>();
    let calls = 0;
    for (const route of routes)
      for (const [segment, text] of fc.sample(fc.tuple(odd, body), ROUNDS)) {
        const answer = await send(route, segment, text);
        calls += 1;
        if (answer.status < 400) await answer.body?.cancel();
        else if (answer.status >= 500 || !((await answer.json()) as { code?: string }).code)
          failures.add(
            `${answer.status} ${route.method} ${route.path} ${JSON.stringify([segment, text]).slice(0, 200)}`,
          );
      }

    expect([...failures]).toEqual([]);
    expect(calls).toBeGreaterThan(200);
    expect((await api.anonymous.get('/health')).status).toBe(200);
  });
});
