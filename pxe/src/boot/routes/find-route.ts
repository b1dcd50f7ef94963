import { BootHttpError, notFound } from '../http/boot-http-error.ts';
import type { Handler } from './exchange.ts';
import type { Route } from './routes.ts';

export interface FoundRoute {
  handler: Handler;
  /** The path with its parameters' names: fit for a log, for it holds no token. */
  path: string;
  params: Record<string, string>;
}

/** @throws BootHttpError 404 for an unknown path, 405 for a known one with another method */
export function findRoute(routes: readonly Route[], method: string, segments: readonly string[]): FoundRoute {
  let known = false;
  for (const route of routes) {
    const params = matchPath(route.path, segments);
    if (!params) continue;
    known = true;
    if (route.method === method || (route.method === 'GET' && method === 'HEAD')) {
      return { handler: route.handler, path: route.path, params };
    }
  }
  throw known ? new BootHttpError(405, 'boot.method_not_allowed', 'not with this method') : notFound();
}

function matchPath(path: string, segments: readonly string[]): Record<string, string> | null {
  const wanted = path.split('/').slice(1);
  if (wanted.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const want = wanted[index] ?? '';
    if (want.startsWith(':')) params[want.slice(1)] = segment;
    else if (want !== segment) return null;
  }
  return params;
}
