import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Provider, providerOf } from '@halligan/db';
import { z } from 'zod';

const Port = z.coerce.number().int().min(0).max(65535);
const Settings = z.object({
  data: z.string().default('/var/lib/halligan'),
  listen: z
    .string()
    .regex(/^(\[[0-9a-f:]+\]|[^:]*):\d+$/i, 'ADDRESS:PORT, for example 0.0.0.0:3000')
    .default('0.0.0.0:3000'),
  'boot-interface': z.string().optional(),
  'boot-http-port': Port.default(8091),
  location: z.string().optional(),
  json: z.boolean().default(false),
  databaseUrl: z
    .string()
    .regex(/^(file:|postgres(ql)?:)/, 'file:PATH or postgresql://…')
    .optional(),
  redisUrl: z
    .string()
    .regex(/^(rediss?|unix):\/\//, 'redis://…, rediss://… or unix:///PATH')
    .optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  cache: z.string().default('/var/cache/halligan'),
});

/** A flag or environment variable that makes no sense; the message names it. */
export class ConfigError extends Error {
  readonly code = 'config.invalid';
}

/** What one server process was told by its command line and environment; the only reader of both. */
export class ServerConfig {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly databaseProvider: Provider;
  /** `redis://…` or `unix:///path`; null until the supervisor has started one of its own. */
  readonly redisUrl: string | null;
  readonly listen: { host: string; port: number };
  readonly bootInterface: string | null;
  readonly bootHttpPort: number;
  readonly location: string | null;
  readonly json: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly cacheDir: string;
  readonly secretsDir: string;

  constructor(settings: z.infer<typeof Settings>) {
    this.dataDir = resolve(settings.data);
    this.databaseUrl = settings.databaseUrl ?? `file:${join(this.dataDir, 'halligan.db')}`;
    this.databaseProvider = providerOf(this.databaseUrl);
    this.redisUrl = settings.redisUrl ?? null;
    this.listen = splitListen(settings.listen);
    this.bootInterface = settings['boot-interface'] ?? null;
    this.bootHttpPort = settings['boot-http-port'];
    this.location = settings.location ?? null;
    this.json = settings.json;
    this.logLevel = settings.logLevel;
    this.cacheDir = settings.cache;
    this.secretsDir = join(this.dataDir, 'secrets');
  }

  /** Flags win over `HALLIGAN_*`, `DATABASE_URL` and `REDIS_URL`. */
  static parse(argv: string[] = process.argv.slice(2), env: NodeJS.ProcessEnv = process.env): ServerConfig {
    const parsed = Settings.safeParse({ ...fromEnvironment(env), ...fromFlags(argv) });
    if (parsed.success) return new ServerConfig(parsed.data);
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    );
  }

  /** For tests: settings as if given by flags. */
  static of(settings: Partial<z.input<typeof Settings>>): ServerConfig {
    return new ServerConfig(Settings.parse(settings));
  }

  /** The boot interface's IPv4 address; loopback when there is no boot interface. */
  get bootAddress(): string {
    if (this.bootInterface === null) return '127.0.0.1';
    const found = networkInterfaces()[this.bootInterface]?.find((each) => each.family === 'IPv4');
    if (found !== undefined) return found.address;
    throw new ConfigError(
      `boot-interface: ${this.bootInterface} has no IPv4 address here. Give it one (ip address add …) or name another.`,
    );
  }

  /** What the processes of this server inherit, with the Redis that was started for them. */
  childEnvironment(redisUrl: string): NodeJS.ProcessEnv {
    return { ...process.env, DATABASE_URL: this.databaseUrl, REDIS_URL: redisUrl };
  }

  /** Where people reach the api that listens on `port`: an address of this machine when it listens on all. */
  publicUrl(port: number): string {
    const { host } = this.listen;
    if (host !== '0.0.0.0' && host !== '::')
      return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
    const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const outward = all.find((each) => each.family === 'IPv4' && !each.internal);
    return `https://${outward?.address ?? 'localhost'}:${port}`;
  }

  /** Where nodes reach boot HTTP. */
  get publicBootUrl(): string {
    return `http://${this.bootAddress}:${this.bootHttpPort}`;
  }
}

function fromFlags(argv: string[]): Record<string, unknown> {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        data: text,
        listen: text,
        'boot-interface': text,
        'boot-http-port': text,
        location: text,
        json: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}

function fromEnvironment(env: NodeJS.ProcessEnv): Record<string, unknown> {
  const values = {
    data: env['HALLIGAN_DATA'],
    listen: env['HALLIGAN_LISTEN'],
    'boot-interface': env['HALLIGAN_BOOT_INTERFACE'],
    'boot-http-port': env['HALLIGAN_BOOT_HTTP_PORT'],
    location: env['HALLIGAN_LOCATION'],
    databaseUrl: env['DATABASE_URL'],
    redisUrl: env['REDIS_URL'],
    logLevel: env['HALLIGAN_LOG_LEVEL'],
    cache: env['HALLIGAN_CACHE'],
  };
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}

function splitListen(listen: string): { host: string; port: number } {
  const at = listen.lastIndexOf(':');
  const host = listen.slice(0, at).replace(/^\[|\]$/g, '');
  return { host: host === '' ? '0.0.0.0' : host, port: Port.parse(listen.slice(at + 1)) };
}
