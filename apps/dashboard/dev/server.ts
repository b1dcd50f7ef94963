import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { LiveEvent, Role, User } from '../src/lib/api/types.ts';
import { runRoutes } from './proposal-runs.ts';
import { type Call, Refusal, Router, readBody } from './router.ts';
import { Identities, identityRoutes } from './routes-identity.ts';
import { bootPlaneRoutes, nodeRoutes } from './routes-nodes.ts';
import { newProposal, proposalRoutes } from './routes-proposals.ts';
import { seed } from './seed.ts';
import { World } from './world.ts';

export interface FakeOptions {
  port?: number;
  /** Folder of the export to serve. */
  out: string;
  password: string;
  mustChangePassword?: boolean;
  speed?: number;
  extraNodes?: number;
}

export interface FakeServer {
  url: string;
  world: World;
  /** Breaks every open event stream, as a network might. */
  cutStreams: () => void;
  /** How many event streams are open. */
  streamCount: () => number;
  close: () => Promise<void>;
}

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
};

/** The policy the real server sends: no script but our own files. */
export const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

async function serveFile(out: string, url: URL, response: ServerResponse): Promise<void> {
  const path = normalize(decodeURIComponent(url.pathname)).replace(/^(\.\.[/\\])+/, '');
  let file = join(out, path);
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory() === true) file = join(file, 'index.html');
  const exists = (await stat(file).catch(() => null))?.isFile() === true;
  response.statusCode = exists ? 200 : 404;
  const sent = exists ? file : join(out, '404.html');
  response.setHeader('content-type', types[extname(sent)] ?? 'application/octet-stream');
  response.setHeader('content-security-policy', contentSecurityPolicy);
  createReadStream(sent).pipe(response);
}

function sendEvents(world: World, call: Call, streams: Set<ServerResponse>): void {
  const { response, request } = call;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (event: LiveEvent) =>
    response.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.write(': this is a fake\n\n');
  const since = Number(request.headers['last-event-id'] ?? Number.NaN);
  for (const event of world.events) if (Number(event.id) > since) send(event);
  const stop = world.listen(send);
  streams.add(response);
  const ping = setInterval(() => response.write(': ping\n\n'), 15_000);
  response.on('close', () => {
    clearInterval(ping);
    streams.delete(response);
    stop();
  });
}

function authorise(role: Role | 'public', user: User | null, path: string): void {
  if (role === 'public') return;
  if (user === null)
    throw new Refusal(401, 'identity.not_signed_in', 'Nobody is signed in.', { remedy: 'Sign in.' });
  if (user.mustChangePassword && !path.startsWith('/session')) {
    throw new Refusal(403, 'identity.password_change_required', 'Choose a new password first.');
  }
  if (rank[user.role] < rank[role])
    throw new Refusal(403, 'identity.forbidden', `This needs the role ${role}.`, {
      remedy: 'Ask an administrator.',
    });
}

function sendProblem(response: ServerResponse, error: unknown): void {
  const known = error instanceof Refusal ? error : new Refusal(500, 'fake.fault', String(error));
  response.writeHead(known.problem.status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify(known.problem));
}

function checkCsrf(request: IncomingMessage, token: string | null, role: Role | 'public'): void {
  if (request.method === 'GET' || role === 'public') return;
  if (request.headers['x-halligan-csrf'] !== token)
    throw new Refusal(403, 'identity.csrf', 'The request carries no valid token against forgery.', {
      remedy: 'Reload the page.',
    });
}

/** The fake API and the exported pages on one port of the loopback interface. */
export async function startFake(options: FakeOptions): Promise<FakeServer> {
  const world = new World(options.speed ?? 1);
  const identities = new Identities();
  identities.add('admin', options.password, 'admin', options.mustChangePassword ?? false);
  identities.add('viewer', options.password, 'viewer');
  seed(world, options.extraNodes ?? 0);
  newProposal(
    world,
    'ntp',
    'default',
    { 'ntp-server': ['control-01'], 'ntp-client': ['compute-01', 'compute-02'] },
    'admin',
  );
  const router = new Router();
  const streams = new Set<ServerResponse>();
  identityRoutes(router, identities, world);
  nodeRoutes(router, world);
  bootPlaneRoutes(router, world);
  proposalRoutes(router, world);
  runRoutes(router, world);
  router.on('GET', '/audit', 'admin', () => ({ items: world.audit.slice(0, 100), nextCursor: null }));
  router.on('GET', '/events', 'viewer', (call) => sendEvents(world, call, streams));
  router.on('GET', '/system', 'viewer', () => ({
    version: '0.1.0 (fake)',
    processes: ['api', 'worker', 'netboot', 'redis'].map((name, index) => ({
      name,
      pid: 4000 + index,
      state: 'running',
      restarts: 0,
    })),
    database: 'none: this is the fake server of the dashboard',
    redis: 'none',
    bootHttp: 'none',
    dataDirFreeBytes: 412_000_000_000,
  }));

  const answer = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const path = url.pathname.slice('/api/v1'.length);
    const found = router.find(request.method ?? 'GET', path);
    if (found === null) throw new Refusal(404, 'http.not_found', 'There is no such resource.');
    const session = identities.session(request.headers.cookie ?? '');
    const user = session?.account ?? null;
    authorise(found.route.role, user, path);
    checkCsrf(request, session?.csrfToken ?? null, found.route.role);
    const body = await readBody(request);
    const result: unknown = await found.route.handler({
      request,
      response,
      path: found.path,
      query: url.searchParams,
      body,
      user,
    });
    if (response.headersSent) return;
    response.statusCode = result === undefined ? 204 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(result === undefined ? '' : JSON.stringify(result));
  };

  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('server', 'halligan-dashboard-fake');
    const work = url.pathname.startsWith('/api/')
      ? answer(request, response, url)
      : serveFile(options.out, url, response);
    work.catch((error: unknown) => sendProblem(response, error));
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    streamCount: () => streams.size,
    cutStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}
