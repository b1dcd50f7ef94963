import { randomBytes } from 'node:crypto';
import type * as t from '../src/lib/api/types.ts';
import { type Call, Refusal, type Router, text } from './router.ts';
import { newId, now, type World } from './world.ts';

export const cookieName = 'halligan_session';

export interface Account extends t.User {
  password: string;
}

interface Session {
  account: Account;
  csrfToken: string;
}

/** Users, sessions and tokens, in memory and in clear: it is a fake. */
export class Identities {
  readonly accounts: Account[] = [];
  readonly sessions = new Map<string, Session>();
  readonly tokens: t.Token[] = [];

  add(username: string, password: string, role: t.Role, mustChangePassword = false): Account {
    const account = {
      id: newId(),
      username,
      password,
      role,
      disabled: false,
      mustChangePassword,
      createdAt: now(),
    };
    this.accounts.push(account);
    return account;
  }

  session(cookies: string): Session | null {
    const id = new RegExp(`${cookieName}=([\\w-]+)`).exec(cookies)?.[1] ?? '';
    return this.sessions.get(id) ?? null;
  }
}

function shown({ password: _, ...user }: Account): t.User {
  return user;
}

function infoOf(session: Session): t.SessionInfo {
  return {
    user: shown(session.account),
    csrfToken: session.csrfToken,
    expiresAt: new Date(Date.now() + 43_200_000).toISOString(),
  };
}

function signIn(identities: Identities, { body, response }: Call): t.SessionInfo {
  const account = identities.accounts.find(
    ({ username, password }) => username === body.username && password === body.password,
  );
  if (account === undefined || account.disabled) {
    throw new Refusal(401, 'identity.wrong_credentials', 'User name or password is wrong.', {
      remedy: 'Try again, or ask an administrator to set a new password.',
    });
  }
  const id = randomBytes(24).toString('base64url');
  const session = { account, csrfToken: randomBytes(24).toString('base64url') };
  identities.sessions.set(id, session);
  response.setHeader('set-cookie', `${cookieName}=${id}; HttpOnly; SameSite=Strict; Path=/`);
  return infoOf(session);
}

export function identityRoutes(router: Router, identities: Identities, world: World): void {
  const current = (call: Call): Session => {
    const session = identities.session(call.request.headers.cookie ?? '');
    if (session === null) throw new Refusal(401, 'identity.not_signed_in', 'Nobody is signed in.');
    return session;
  };
  const accountOf = (id: string): Account => {
    const account = identities.accounts.find((each) => each.id === id);
    if (account === undefined) throw new Refusal(404, 'identity.user_not_found', 'There is no such user.');
    return account;
  };
  router.on('POST', '/session', 'public', (call) => signIn(identities, call));
  router.on('GET', '/session', 'viewer', (call) => infoOf(current(call)));
  router.on('DELETE', '/session', 'viewer', ({ response, request }) => {
    const id = new RegExp(`${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
    identities.sessions.delete(id);
    response.setHeader('set-cookie', `${cookieName}=; Max-Age=0; Path=/`);
  });
  router.on('POST', '/session/password', 'viewer', (call) => {
    const { account } = current(call);
    if (call.body.currentPassword !== account.password) {
      const issue = {
        path: 'currentPassword',
        code: 'identity.wrong_password',
        message: 'This is not your present password.',
      };
      throw new Refusal(422, 'identity.wrong_password', 'The present password is wrong.', {
        issues: [issue],
      });
    }
    Object.assign(account, { password: text(call.body.newPassword), mustChangePassword: false });
  });
  router.on('GET', '/tokens', 'viewer', ({ user }) =>
    identities.tokens.filter(({ username }) => username === user?.username),
  );
  router.on('POST', '/tokens', 'viewer', ({ body, user }) => {
    const token = `hlg_${randomBytes(24).toString('base64url')}`;
    const days = Number(body.expiresInDays ?? 0);
    const view: t.Token = {
      id: newId(),
      name: text(body.name),
      prefix: token.slice(0, 8),
      role: (body.role ?? user?.role) as t.Role,
      username: user?.username ?? '',
      createdAt: now(),
      expiresAt: days > 0 ? new Date(Date.now() + days * 86_400_000).toISOString() : null,
      lastUsedAt: null,
    };
    identities.tokens.push(view);
    world.note(user?.username ?? '', 'token.create', 'token', view.name);
    return { ...view, token };
  });
  router.on('DELETE', '/tokens/:id', 'viewer', ({ path }) => {
    const index = identities.tokens.findIndex(({ id }) => id === path.id);
    if (index >= 0) identities.tokens.splice(index, 1);
  });
  router.on('GET', '/users', 'admin', () => identities.accounts.map(shown));
  router.on('POST', '/users', 'admin', ({ body, user }) => {
    world.note(user?.username ?? '', 'user.create', 'user', text(body.username));
    return shown(identities.add(text(body.username), text(body.password), body.role as t.Role, true));
  });
  router.on('PATCH', '/users/:id', 'admin', ({ path, body }) =>
    shown(Object.assign(accountOf(path.id ?? ''), body)),
  );
  router.on('DELETE', '/users/:id', 'admin', ({ path }) => {
    identities.accounts.splice(identities.accounts.indexOf(accountOf(path.id ?? '')), 1);
  });
}
