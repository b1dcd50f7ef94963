import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

/** Where the next hop listens. */
interface Hop {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** An HTTP proxy (whole-URL requests and CONNECT) that may itself go through a parent proxy. */
export function createForwardProxy(parent: URL | undefined): Server {
  const proxy = createServer((incoming, answer) => {
    const hop = nextHop(incoming.url ?? '', parent);
    if (hop === undefined) answer.writeHead(400).end('this is a proxy: ask for a whole http URL\n');
    else forward(incoming, answer, hop);
  });
  proxy.on('connect', (incoming: IncomingMessage, client: Socket) =>
    tunnel(incoming.url ?? '', client, parent),
  );
  return proxy;
}

/** A proxied request carries its whole URL (RFC 9112 section 3.2.2), and a parent proxy wants it like that, too. */
export function nextHop(wanted: string, parent: URL | undefined): Hop | undefined {
  if (!wanted.startsWith('http://') || !URL.canParse(wanted)) return undefined;
  const target = new URL(wanted);
  if (parent !== undefined) return { ...hostAndPort(parent), path: wanted };
  return { ...hostAndPort(target), path: `${target.pathname}${target.search}` };
}

function forward(incoming: IncomingMessage, answer: ServerResponse, hop: Hop): void {
  const onward = request({ ...hop, method: incoming.method, headers: incoming.headers });
  onward.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  onward.on('error', (error) => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502).end(`${error.message}\n`);
  });
  answer.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

function tunnel(authority: string, client: Socket, parent: URL | undefined): void {
  client.on('error', () => client.destroy());
  if (!URL.canParse(`tcp://${authority}`)) {
    client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    return;
  }
  const { host, port } = hostAndPort(parent ?? new URL(`tcp://${authority}`), 443);
  const onward = connect({ host, port }, () => {
    if (parent === undefined) client.write('HTTP/1.1 200 Connected\r\n\r\n');
    else onward.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
    client.pipe(onward).pipe(client);
  });
  client.on('close', () => onward.destroy());
  onward.on('error', () => client.destroy()).on('close', () => client.destroy());
}

function hostAndPort(url: URL, standard = 80): { host: string; port: number } {
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || standard) };
}
