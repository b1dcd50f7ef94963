import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ActionLines = readonly (readonly [name: string, value: string])[];

/** What the fake server has seen, in the order it came. */
export interface Seen {
  session?: Record<string, string[]>;
  inventory?: unknown;
  reports: Record<string, string[]>[];
  marks: Record<string, string[]>;
  console: string;
  firstBoot?: Record<string, string[]>;
  /** Range headers of the image downloads. */
  ranges: string[];
}

export interface AgentServerOptions {
  agentToken: string;
  firstBootToken?: string;
  imagePath?: string;
  /** Handed out one after the other. */
  actions: ActionLines[];
  /** Cuts the first image download after this many bytes. */
  breakImageAfter?: number;
}

/** The server's side of the agent protocol, as small as a test can bear, on a loopback port. */
export class AgentServer {
  readonly seen: Seen = { reports: [], marks: {}, console: '', ranges: [] };
  readonly session = 'session-secret-1';
  private readonly server = createServer((request, response) => this.handle(request, response));
  private readonly waiters: (() => void)[] = [];
  private nextAction = 0;
  private readonly options: AgentServerOptions;

  constructor(options: AgentServerOptions) {
    this.options = options;
  }

  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Resolves when the condition holds; it is looked at after each request. */
  async until(condition: (seen: Seen) => boolean, signal: AbortSignal): Promise<void> {
    while (!condition(this.seen)) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        this.waiters.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://server').pathname;
    const token = request.headers.authorization?.replace('Bearer ', '');
    try {
      const body = await readBody(request);
      if (path === '/agent/session' && token === this.options.agentToken) this.openSession(body, response);
      else if (path === '/agent/first-boot' && token === this.options.firstBootToken) {
        this.seen.firstBoot = parseLines(body);
        reply(response, 204);
      } else if (token === this.session) await this.answer(path, body, request, response);
      else reply(response, 403, 'unknown token\n');
    } finally {
      for (const wake of this.waiters.splice(0)) wake();
    }
  }

  private openSession(body: string, response: ServerResponse): void {
    this.seen.session = parseLines(body);
    reply(
      response,
      200,
      `session=${this.session}\nnode=node-1\nntp-epoch=${Math.floor(Date.now() / 1000)}\n`,
    );
  }

  private async answer(
    path: string,
    body: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (path === '/agent/inventory') this.seen.inventory = JSON.parse(body);
    else if (path === '/agent/marks') Object.assign(this.seen.marks, parseLines(body));
    else if (path === '/agent/console') this.seen.console += body;
    else if (path === '/agent/action') return this.handOutAction(response);
    else if (path.startsWith('/agent/action/')) this.seen.reports.push(parseLines(body));
    else if (path.startsWith('/agent/image/')) return this.sendImage(request, response);
    else return reply(response, 404);
    return reply(response, 204);
  }

  private handOutAction(response: ServerResponse): void {
    const action = this.options.actions[this.nextAction++];
    if (!action) {
      setTimeout(() => reply(response, 204), 2000).unref();
      return;
    }
    const lines = action.map(([name, value]) => `${name}=${encodeURIComponent(value)}\n`);
    reply(response, 200, lines.join(''));
  }

  private async sendImage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = this.options.imagePath ?? '';
    const { size }: Stats = await stat(path);
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (request.headers.range) this.seen.ranges.push(request.headers.range);
    response.writeHead(request.headers.range ? 206 : 200, {
      'content-length': size - start,
      ...(request.headers.range ? { 'content-range': `bytes ${start}-${size - 1}/${size}` } : {}),
    });
    const cut = start === 0 ? this.options.breakImageAfter : undefined;
    const stream = createReadStream(path, { start, ...(cut ? { end: cut - 1 } : {}) });
    stream.on('data', (chunk) => {
      if (!response.write(chunk)) {
        stream.pause();
        response.once('drain', () => stream.resume());
      }
    });
    stream.on('end', () => (cut ? response.destroy() : response.end()));
    response.on('close', () => stream.destroy());
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body = ''): void {
  response.writeHead(status, body ? { 'content-type': 'text/plain' } : {}).end(body || undefined);
}

/** `name=value` lines, percent-decoded, every name with all its values. */
function parseLines(body: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const line of body.split('\n').filter(Boolean)) {
    const at = line.indexOf('=');
    const name = line.slice(0, at);
    values[name] = [...(values[name] ?? []), decodeURIComponent(line.slice(at + 1))];
  }
  return values;
}
