import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { ApiError } from './api-error.ts';
import type { paths } from './generated/schema.ts';

export interface HalliganClientOptions {
  /** For example https://127.0.0.1:3000; empty in the dashboard, which is served from the same origin. */
  baseUrl: string;
  /** An API token (hlg_…); the dashboard uses its cookie instead. */
  token?: string;
  /** Asked before every change; the value of SessionInfo.csrfToken. */
  csrfToken?: () => string | null;
  /** A fetch that pins the server's certificate, or a test's. */
  fetch?: typeof globalThis.fetch;
}

export type HalliganClient = Client<paths>;

/** A typed client of the REST API; a request without an answer throws `ApiError` with status 0. */
export function createHalliganClient(options: HalliganClientOptions): HalliganClient {
  const client = createClient<paths>({
    baseUrl: options.baseUrl,
    credentials: 'same-origin',
    ...(options.fetch ? { fetch: withRequestObject(options.fetch) } : {}),
  });
  client.use(credentials(options), unreachable(options.baseUrl));
  return client;
}

/** The data of an answer, or an `ApiError`. */
export async function unwrap<T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<NonNullable<T>> {
  const { data, error, response } = await answer;
  if (!response.ok) throw ApiError.fromAnswer(response.status, error);
  return data as NonNullable<T>;
}

function credentials(options: HalliganClientOptions): Middleware {
  return {
    onRequest({ request }) {
      if (options.token !== undefined) request.headers.set('authorization', `Bearer ${options.token}`);
      const csrf = request.method === 'GET' ? null : options.csrfToken?.();
      if (csrf) request.headers.set('x-halligan-csrf', csrf);
      return request;
    },
  };
}

function unreachable(baseUrl: string): Middleware {
  return { onError: ({ error }) => ApiError.unreachable(baseUrl || 'the server', error) };
}

/** openapi-fetch hands over a global Request, which undici's own fetch does not accept: unpack it. */
function withRequestObject(inner: typeof globalThis.fetch): (request: Request) => Promise<Response> {
  return async (request) =>
    inner(request.url, {
      method: request.method,
      headers: Object.fromEntries(request.headers.entries()),
      body: request.body === null ? null : await request.text(),
      signal: request.signal,
    });
}
