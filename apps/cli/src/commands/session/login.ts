import { hostname } from 'node:os';
import { createHalliganClient, unwrap } from '@halligan/api-client';
import { fetchPinned, readFingerprint } from '@halligan/api-client/node';
import type { CommandContext } from '../../cli.ts';
import { CredentialsFile } from '../../connection/credentials-file.ts';
import { readSecret } from './secret-input.ts';

interface LoginOptions {
  username: string;
  passwordFile?: string;
  newPasswordFile?: string;
  fingerprint?: string;
}

/** Signs in with a password, exchanges the session for an API token, and keeps only the token. */
export async function login(context: CommandContext, url: string, options: LoginOptions): Promise<void> {
  const { out, config, signal } = context;
  const baseUrl = new URL(url).origin;
  const fingerprint = options.fingerprint ?? (await readFingerprint(baseUrl));
  out.progress(`Certificate SHA-256 ${fingerprint}`);
  const session = passwordSession(baseUrl, fingerprint);
  const password = await readSecret('Password', options.passwordFile, signal);
  let info = await session.signIn(options.username, password);
  if (info.user.mustChangePassword) {
    out.progress('The password was for one use: choose another of at least 12 characters.');
    const newPassword = await readSecret('New password', options.newPasswordFile, signal);
    await session.changePassword(password, newPassword);
    info = await session.signIn(options.username, newPassword);
  }
  const token = await session.createToken(`cli@${hostname()}`);
  new CredentialsFile(config.configDir).write({
    url: baseUrl,
    username: info.user.username,
    token: token.token,
    tokenId: token.id,
    fingerprint,
  });
  await session.signOut();
  out.answer(
    { url: baseUrl, username: info.user.username, role: info.user.role, fingerprint },
    (c) => `${c.green('Signed in')} to ${baseUrl} as ${info.user.username} (${info.user.role}).`,
  );
}

function passwordSession(baseUrl: string, fingerprint: string) {
  const pinned = fetchPinned(fingerprint);
  let cookie = '';
  let csrfToken: string | null = null;
  const client = createHalliganClient({
    baseUrl,
    csrfToken: () => csrfToken,
    fetch: (async (input: string, init?: RequestInit) => {
      const headers = { ...(init?.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) };
      const response = await pinned(input, { ...init, headers });
      const set = response.headers.get('set-cookie');
      if (set !== null) cookie = set.split(';', 1)[0] ?? '';
      return response;
    }) as typeof globalThis.fetch,
  });
  return {
    async signIn(username: string, password: string) {
      const info = await unwrap(client.POST('/api/v1/session', { body: { username, password } }));
      csrfToken = info.csrfToken;
      return info;
    },
    changePassword: (currentPassword: string, newPassword: string) =>
      unwrap(client.POST('/api/v1/session/password', { body: { currentPassword, newPassword } })),
    createToken: (name: string) => unwrap(client.POST('/api/v1/tokens', { body: { name } })),
    signOut: () => unwrap(client.DELETE('/api/v1/session')),
  };
}
