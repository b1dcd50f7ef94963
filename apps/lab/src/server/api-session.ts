import { randomBytes } from 'node:crypto';
import { createHalliganClient, type HalliganClient, unwrap } from '@halligan/api-client';
import { fetchPinned } from '@halligan/api-client/node';

/** Whom the server made at its first start. */
export interface FirstAdministrator {
  readonly username: string;
  readonly oneTimePassword: string;
}

/** How a person and a program get in. */
export interface Admission {
  readonly username: string;
  readonly password: string;
  readonly token: string;
}

/**
 * Uses the one-time password up: sets a random one in its place and takes an API token.
 * `fetch` must be one that talks to this server only.
 */
export async function admit(
  baseUrl: string,
  fetch: typeof globalThis.fetch,
  { username, oneTimePassword }: FirstAdministrator,
): Promise<Admission> {
  const password = randomBytes(12).toString('base64url');
  const jar = new CookieJar(fetch);
  let csrfToken: string | null = null;
  const client = createHalliganClient({ baseUrl, csrfToken: () => csrfToken, fetch: jar.fetch });
  const signIn = async (secret: string) => {
    const body = { username, password: secret };
    csrfToken = (await unwrap(client.POST('/api/v1/session', { body }))).csrfToken;
  };
  await signIn(oneTimePassword);
  const change = { currentPassword: oneTimePassword, newPassword: password };
  await unwrap(client.POST('/api/v1/session/password', { body: change }));
  await signIn(password);
  const { token } = await unwrap(client.POST('/api/v1/tokens', { body: { name: 'lab' } }));
  await unwrap(client.DELETE('/api/v1/session'));
  return { username, password, token };
}

/** A client that signs every request with the token and accepts only the certificate with this fingerprint. */
export function tokenClient(baseUrl: string, fingerprint: string, token: string): HalliganClient {
  return createHalliganClient({ baseUrl, token, fetch: fetchPinned(fingerprint) });
}

/** Keeps the one cookie a session needs. */
class CookieJar {
  readonly fetch: typeof globalThis.fetch;
  #cookie = '';

  constructor(inner: typeof globalThis.fetch) {
    this.fetch = (async (input: string, init?: RequestInit) => {
      const headers = { ...(init?.headers as Record<string, string>) };
      if (this.#cookie !== '') headers.cookie = this.#cookie;
      const response = await inner(input, { ...init, headers });
      this.#cookie = response.headers.get('set-cookie')?.split(';', 1)[0] ?? this.#cookie;
      return response;
    }) as typeof globalThis.fetch;
  }
}
