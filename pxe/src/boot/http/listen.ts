import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { BootHttpError } from './boot-http-error.ts';

export interface ListenOptions {
  address: string;
  /** 0 for any free port. */
  port: number;
  maxConnections?: number;
}

export interface Listening {
  address: string;
  port: number;
  /** Stops listening, ends open connections, resolves when all are gone. */
  close(): Promise<void>;
}

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server with the limits of a network where anybody may knock: small headers, short patience, counted connections. */
export function boundedServer(
  serve: Serve,
  onMalformed: (address: string | null) => void,
  maxConnections = 4096,
): Server {
  const server = createServer({
    maxHeaderSize: 8 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: 2_000,
    noDelay: true,
  });
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = 10_000;
  // A client that neither reads nor writes for so long is gone; longer than the longest long poll.
  server.setTimeout(120_000);
  server.on('request', (request, response) => void serve(request, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code !== 'ECONNRESET') onMalformed(socket.remoteAddress ?? null);
    refuse(socket);
  });
  return server;
}

/** @throws BootHttpError-free Error of the system, for example EADDRINUSE */
export async function listen(server: Server, { address, port }: ListenOptions): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address() as AddressInfo;
  return { address: bound.address, port: bound.port, close: () => close(server) };
}

/** Plain text, one line, as firmware shows it. */
export function answerError(response: ServerResponse, error: BootHttpError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = `${error.message}\n`;
  response.writeHead(error.status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    // The rest of a refused body is not worth reading.
    ...(error.status === 413 ? { Connection: 'close' } : {}),
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

function refuse(socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  socket.destroySoon();
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
