import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, startTestApi, type TestApi, TestClient } from '../testing/index.ts';

/** Signs in as a browser would. */
async function signIn(api: TestApi, username: string, password: string) {
  const answer = await api.anonymous.post('/session', { username, password });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { answer, cookie, csrf: String(answer.body.csrfToken) };
}

describe.each(DATABASES)('identity on %s', (database) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ database });
  });
  afterAll(async () => {
    await api.close();
  });

  it('signs in with a cookie that scripts and other sites cannot use', async () => {
    const { answer } = await signIn(api, 'viewer-user', api.users.viewer.password);

    expect(answer.status).toBe(200);
    expect(answer.body.user).toMatchObject({ username: 'viewer-user', role: 'viewer' });
    const cookie = answer.headers.get('set-cookie') ?? '';
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(attribute);
  });

  it('stores neither passwords nor tokens nor session secrets', async () => {
    const { cookie } = await signIn(api, 'viewer-user', api.users.viewer.password);
    const { db } = api.database;

    const stored = JSON.stringify([
      await db.user.findMany(),
      await db.session.findMany(),
      await db.apiToken.findMany(),
    ]);

    for (const secret of [cookie.split('=')[1], api.users.viewer.password, api.users.viewer.token])
      expect(stored).not.toContain(secret);
    expect(stored).toContain('$argon2id$');
  });

  it('refuses a change made with the cookie but without the CSRF token, and writes that down', async () => {
    const { cookie, csrf } = await signIn(api, 'operator-user', api.users.operator.password);
    const browser = new TestClient(api.url, { cookie });

    const without = await browser.post('/tokens', { name: 'x' });
    const wrong = await browser.post('/tokens', { name: 'x' }, { 'x-halligan-csrf': 'guess' });
    const right = await browser.post('/tokens', { name: 'x' }, { 'x-halligan-csrf': csrf });

    expect([without.status, wrong.status, right.status]).toEqual([403, 403, 201]);
    expect(without.body.code).toBe('identity.csrf');
    const audit = await api.admin.get('/audit');
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ actor: 'operator-user', action: 'POST /api/v1/tokens', outcome: 'refused' }),
    );
  });

  it('ends a session when it signs out', async () => {
    const { cookie, csrf } = await signIn(api, 'viewer-user', api.users.viewer.password);
    const browser = new TestClient(api.url, { cookie });

    expect((await browser.get('/session')).status).toBe(200);
    expect((await browser.delete('/session', { 'x-halligan-csrf': csrf })).status).toBe(204);
    expect((await browser.get('/session')).status).toBe(401);
  });

  it('lets a user with a one-time password do nothing but change it', async () => {
    const made = await api.admin.post('/users', {
      username: 'new',
      password: 'first password',
      role: 'operator',
    });
    expect(made.status).toBe(201);
    const { cookie, csrf, answer } = await signIn(api, 'new', 'first password');
    const browser = new TestClient(api.url, { cookie, 'x-halligan-csrf': csrf });

    expect(answer.body.user.mustChangePassword).toBe(true);
    expect((await browser.get('/system')).body.code).toBe('identity.password_change_required');
    expect((await browser.get('/session')).status).toBe(200);
    const same = { currentPassword: 'first password', newPassword: 'first password' };
    expect((await browser.post('/session/password', same)).body.code).toBe('identity.same_password');
    const change = { currentPassword: 'first password', newPassword: 'second password' };
    expect((await browser.post('/session/password', change)).status).toBe(204);
    expect((await browser.get('/system')).status).toBe(200);
  });

  it('locks a user after five wrong passwords, an unknown one likewise, and writes each down', async () => {
    await api.admin.post('/users', { username: 'victim', password: 'right password', role: 'viewer' });
    for (const username of ['victim', 'nobody']) {
      const tries = [];
      for (let n = 0; n < 6; n += 1) tries.push((await signIn(api, username, 'wrong')).answer.status);
      expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
    }
    const locked = await signIn(api, 'victim', 'right password');

    expect(locked.answer.status).toBe(429);
    expect(Number(locked.answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const audit = (await api.admin.get('/audit?limit=500')).body.items as {
      actor: string;
      outcome: string;
    }[];
    expect(audit.filter((each) => each.actor === 'victim' && each.outcome === 'refused')).toHaveLength(7);
  });

  it('names every wrong field at once and keeps nothing of it', async () => {
    const answer = await api.admin.post('/users', {
      username: 'Bad Name',
      password: 'short',
      role: 'king',
      extra: 1,
    });

    expect(answer.status).toBe(400);
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual([
      'username',
      'password',
      'role',
      '',
    ]);
    const users = (await api.admin.get('/users')).body as { username: string }[];
    expect(users.map((user) => user.username)).not.toContain('Bad Name');
  });

  it('gives a token no more than its owner has, now and later', async () => {
    expect((await api.viewer.post('/tokens', { name: 'up', role: 'admin' })).status).toBe(403);
    const made = await api.operator.post('/tokens', { name: 'down' });
    const client = new TestClient(api.url, { authorization: `Bearer ${made.body.token}` });
    expect((await client.get('/system')).status).toBe(200);

    await api.admin.patch(`/users/${api.users.operator.id}`, { role: 'viewer' });
    expect((await client.get('/session')).body.user.role).toBe('viewer');
    await api.admin.patch(`/users/${api.users.operator.id}`, { role: 'operator', disabled: true });
    expect((await client.get('/system')).status).toBe(401);
    await api.admin.patch(`/users/${api.users.operator.id}`, { disabled: false });
    expect((await client.delete(`/tokens/${made.body.id}`)).status).toBe(204);
    expect((await client.get('/system')).status).toBe(401);
  });

  it('keeps one administrator', async () => {
    const answer = await api.admin.delete(`/users/${api.users.admin.id}`);

    expect(answer.status).toBe(409);
    expect(answer.body.code).toBe('user.last_admin');
  });
});
