import { ApiError, createHalliganClient } from '@halligan/api-client';

let csrfToken: string | null = null;
let onRefused: (error: ApiError) => void = () => undefined;

/** The token of the present session; sent with every change. */
export function rememberCsrf(token: string | null): void {
  csrfToken = token;
}

/** Called for answers that end the session (401) or demand a new password (403). */
export function whenRefused(listener: (error: ApiError) => void): void {
  onRefused = listener;
}

/** The API of the server that served this page; the browser's cookie says who asks. */
export const client = createHalliganClient({
  baseUrl: typeof window === 'undefined' ? '' : window.location.origin,
  csrfToken: () => csrfToken,
});

async function errorOf(response: Response): Promise<ApiError> {
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return ApiError.fromAnswer(response.status, json ? await response.json() : await response.text());
}

client.use({
  onResponse: async ({ response }) => {
    if (response.status === 401 || response.status === 403) onRefused(await errorOf(response.clone()));
  },
});
