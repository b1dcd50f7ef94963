import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ReadyLine } from '../supervisor/run-server.ts';
import type { SystemView } from '../system/system.dto.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/main.server.js', import.meta.url));

interface HttpsAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
  cookie: string;
}

/** `halligan server` as a user starts it, from its build. */
export class TestServer {
  readonly dataDir: string;
  readonly port: number;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #headers: Record<string, string> = {};
  stderr = '';

  constructor(dataDir: string, port: number, environment: Record<string, string> = {}) {
    this.dataDir = dataDir;
    this.port = port;
    const { DATABASE_URL, REDIS_URL, ...inherited } = process.env;
    this.#environment = { ...inherited, ...environment };
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The exit code when it ends before it is ready, its ready line otherwise. */
  async start(...more: string[]): Promise<ReadyLine | number> {
    const bootPort = await freePort();
    const flags = [
      '--data',
      this.dataDir,
      '--listen',
      `127.0.0.1:${this.port}`,
      '--boot-http-port',
      String(bootPort),
    ];
    const child = spawn(process.execPath, [PROGRAM, ...flags, '--json', ...more], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.stderr = '';
    child.stderr?.on('data', (data) => {
      this.stderr += String(data);
    });
    let out = '';
    return new Promise((resolve) => {
      child.stdout?.on('data', (data) => {
        out += String(data);
        if (out.includes('\n')) resolve(JSON.parse(out) as ReadyLine);
      });
      child.once('close', (code) => resolve(code ?? -1));
    });
  }

  /** Ends it by a signal and answers its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = await ended;
    return code as number | null;
  }

  /** Signs in as the first administrator and changes the one-time password. */
  async signIn(username: string, password: string, newPassword: string | null): Promise<void> {
    const session = await this.call('POST', '/session', { username, password });
    this.#headers = { cookie: session.cookie, 'x-halligan-csrf': session.body.csrfToken };
    if (newPassword !== null)
      await this.call('POST', '/session/password', { currentPassword: password, newPassword });
  }

  async system(): Promise<SystemView> {
    return (await this.call('GET', '/system')).body;
  }

  /** Calls the api; status 0 when it does not answer. */
  call(method: string, path: string, body?: unknown): Promise<HttpsAnswer> {
    return new Promise((resolve) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.port,
          path: `/api/v1${path}`,
          method,
          rejectUnauthorized: false,
          agent: false,
          headers: { ...this.#headers, 'content-type': 'application/json' },
          timeout: 10_000,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
            resolve({
              status: response.statusCode ?? 0,
              body: text === '' ? null : JSON.parse(text),
              cookie,
            });
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => resolve({ status: 0, body: null, cookie: '' }));
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** A TCP port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
