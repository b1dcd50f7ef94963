import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Issue, Problem, Role, User } from '../src/lib/api/types.ts';

/** An error answer, thrown by handlers. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(
    status: number,
    code: string,
    detail: string,
    extra: { remedy?: string; issues?: Issue[] } = {},
  ) {
    super(detail);
    this.problem = { type: 'about:blank', title: code, status, code, detail, ...extra };
  }
}

export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  path: Record<string, string>;
  query: URLSearchParams;
  body: Record<string, unknown>;
  user: User | null;
}

export type Handler = (call: Call) => unknown;

export interface Route {
  method: string;
  pattern: RegExp;
  role: Role | 'public';
  handler: Handler;
}

/** Collects routes; `:name` in a path stands for one segment. */
export class Router {
  readonly routes: Route[] = [];

  on(method: string, path: string, role: Role | 'public', handler: Handler): void {
    const pattern = new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    this.routes.push({ method, pattern, role, handler });
  }

  find(method: string, path: string): { route: Route; path: Record<string, string> } | null {
    for (const route of this.routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (match === null) continue;
      const groups = Object.entries(match.groups ?? {}).map(([key, value]) => [
        key,
        decodeURIComponent(value),
      ]);
      return { route, path: Object.fromEntries(groups) as Record<string, string> };
    }
    return null;
  }
}

export async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
