import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BootBackend } from './backend.ts';
import { BootHttpError } from './http/boot-http-error.ts';
import { FileCache } from './http/file-cache.ts';
import { answerError, boundedServer, type Listening, type ListenOptions, listen } from './http/listen.ts';
import { pathSegments } from './http/request-path.ts';
import type { BootPlane } from './routes/exchange.ts';
import { findRoute } from './routes/find-route.ts';
import { routes } from './routes/routes.ts';
import type { BootSessions } from './sessions/boot-sessions.ts';

export interface BootServerOptions extends ListenOptions {
  backend: BootBackend;
  sessions: BootSessions;
  /** Where nodes reach this server: `http://10.78.0.1:8091`; by default the address and port it listens on. */
  origin?: string;
  /** Absolute path of a public loader, or null. */
  loader: (name: string) => string | null;
  files?: FileCache;
  now?: () => number;
}

/** Serves the boot plane over HTTP until closed. */
export async function startBootServer(options: BootServerOptions): Promise<Listening> {
  const plane: BootPlane = {
    backend: options.backend,
    sessions: options.sessions,
    files: options.files ?? new FileCache(),
    origin: options.origin ?? '',
    loader: options.loader,
    now: options.now ?? Date.now,
  };
  const { observer } = options.backend;
  const server = boundedServer(
    (request, response) => serve(plane, request, response),
    (address) => observer.malformed(plainAddress(address)),
    options.maxConnections,
  );
  const listening = await listen(server, options);
  if (plane.origin === '') plane.origin = `http://${listening.address}:${listening.port}`;
  return listening;
}

async function serve(plane: BootPlane, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let resource = 'unrouted';
  try {
    const segments = pathSegments(request.url ?? '/');
    const { handler, path, params } = findRoute(routes, request.method ?? '', segments);
    resource = path;
    await handler({
      plane,
      request,
      response,
      params,
      address: plainAddress(request.socket.remoteAddress ?? null) ?? '',
    });
  } catch (error) {
    if (error instanceof BootHttpError) return answerError(response, error);
    plane.backend.observer.failed(resource, error);
    answerError(response, new BootHttpError(500, 'boot.failed', 'this server failed; try again'));
  }
}

/** An IPv4 address that came through an IPv6 socket, as IPv4. */
function plainAddress(address: string | null): string | null {
  return address?.replace(/^::ffff:(?=\d)/, '') ?? null;
}
