import { ApiProblem, unreachable } from './problem.ts';
import type { Problem } from './types.ts';

export const apiBase = '/api/v1';

export type Query = Record<string, string | number | null | undefined>;

interface Call {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

let csrfToken: string | null = null;
let onRefused: (problem: ApiProblem) => void = () => undefined;

/** The token of the present session; sent with every change. */
export function rememberCsrf(token: string | null): void {
  csrfToken = token;
}

/** Called for answers that end the session (401) or demand a new password (403). */
export function whenRefused(listener: (problem: ApiProblem) => void): void {
  onRefused = listener;
}

function target(path: string, query: Query | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `${apiBase}${path}${text === '' ? '' : `?${text}`}`;
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    return new ApiProblem({
      status: response.status,
      title: response.statusText || `Status ${response.status}`,
    });
  }
  const problem = JSON.parse(text) as Partial<Problem>;
  return new ApiProblem({ ...problem, status: response.status });
}

/** Sends one request; resolves with the parsed answer (undefined for 204), rejects with ApiProblem. */
export async function request<T>(method: string, path: string, call: Call = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET' && csrfToken !== null) headers['x-halligan-csrf'] = csrfToken;
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(target(path, call.query), {
    method,
    headers,
    credentials: 'same-origin',
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  }).catch((error: unknown) => {
    throw isAbort(error) ? error : unreachable();
  });
  if (!response.ok) {
    const problem = await problemOf(response);
    onRefused(problem);
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}
