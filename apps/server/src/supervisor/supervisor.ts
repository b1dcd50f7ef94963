import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { ServerConfig } from '../config.ts';
import type { ToParent } from '../shared/process/messages.ts';
import { endStrayRedis, redisPlace, spawnRedis, untilRedisAnswers } from './redis-server.ts';
import { Supervised } from './supervised.ts';

/** Processes of a killed predecessor need a moment to notice; a port they still hold is not yet somebody else's. */
const PORT_PATIENCE_MS = 12_000;

const PROCESSES = ['api', 'worker', 'netboot'] as const;
type Name = (typeof PROCESSES)[number];

/** Starts redis-server (unless there is one elsewhere), api, worker and netboot, and keeps them running. */
export class Supervisor {
  readonly #config: ServerConfig;
  readonly #log: Logger;
  readonly #news = new EventEmitter();
  readonly #startedAt = Date.now();
  readonly #info: Record<string, string> = {};
  #redis: Supervised | null = null;
  #redisUrl: string;
  #processes: Supervised[] = [];
  #starting = true;

  constructor(config: ServerConfig, log: Logger) {
    this.#config = config;
    this.#log = log;
    this.#redisUrl = config.redisUrl ?? '';
  }

  /** Resolves when all of them are ready, with what they told (`url`, `bootHttp`). */
  async start(): Promise<Record<string, string>> {
    if (this.#config.redisUrl === null) await this.#startRedis();
    this.#processes = PROCESSES.map((name) => this.#supervise(name));
    const ready = Promise.all(PROCESSES.map((name) => once(this.#news, `ready:${name}`)));
    const failed = once(this.#news, 'failed').then(([error]) => Promise.reject(error as Error));
    for (const each of this.#processes) each.start();
    await Promise.race([ready, failed]);
    failed.catch(() => undefined);
    this.#starting = false;
    return this.#info;
  }

  /** Nothing new comes in first (api), then what works stops, then Redis. */
  async stop(): Promise<void> {
    const [api, ...others] = this.#processes;
    await api?.stop();
    await Promise.all(others.map((each) => each.stop()));
    await this.#redis?.stop();
  }

  async #startRedis(): Promise<void> {
    const place = redisPlace(`${this.#config.dataDir}/redis`);
    await endStrayRedis(place);
    const redis = new Supervised({
      name: 'redis',
      start: () => {
        const child = spawnRedis(place);
        untilRedisAnswers(place, () => child.exitCode !== null).then(
          () => redis.ready(),
          (error: Error) => this.#log.error(error.message),
        );
        return child;
      },
      onChange: () => this.#tellApi(),
      log: this.#log,
    });
    this.#redis = redis;
    this.#redisUrl = place.url;
    redis.start();
    const child = redis.child;
    await untilRedisAnswers(place, () => child === null || child.exitCode !== null);
  }

  #supervise(name: Name): Supervised {
    const supervised = new Supervised({
      name,
      start: () => this.#fork(name, supervised),
      onChange: () => this.#tellApi(),
      log: this.#log,
    });
    return supervised;
  }

  #fork(name: Name, supervised: Supervised): ChildProcess {
    const { dataDir, listen, bootInterface, bootHttpPort, location } = this.#config;
    const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
    const flags = [
      '--data',
      dataDir,
      '--listen',
      `${host}:${listen.port}`,
      '--boot-http-port',
      String(bootHttpPort),
    ];
    if (bootInterface !== null) flags.push('--boot-interface', bootInterface);
    if (location !== null) flags.push('--location', location);
    const child = fork(fileURLToPath(new URL(`../../dist/main.${name}.js`, import.meta.url)), flags, {
      env: this.#config.childEnvironment(this.#redisUrl),
      // Ours is the only line on stdout; and a Ctrl-C at the terminal is ours to pass on, in order.
      stdio: ['ignore', 2, 2, 'ipc'],
      detached: true,
    });
    child.on('message', (message: ToParent) => this.#hear(name, supervised, message));
    return child;
  }

  #hear(name: Name, supervised: Supervised, message: ToParent): void {
    if (message.type === 'ready') {
      Object.assign(this.#info, message.info);
      supervised.ready();
      this.#news.emit(`ready:${name}`);
      return;
    }
    if (!this.#starting) return;
    const patient = message.code === 'EADDRINUSE' && Date.now() - this.#startedAt < PORT_PATIENCE_MS;
    if (!patient) this.#news.emit('failed', new Error(explain(name, message)));
  }

  #tellApi(): void {
    const api = this.#processes.find((each) => each.name === 'api')?.child;
    const processes = [...(this.#redis === null ? [] : [this.#redis]), ...this.#processes].map((each) =>
      each.view(),
    );
    if (api?.connected === true) api.send({ type: 'processes', processes }, () => undefined);
  }
}

function explain(name: Name, message: Extract<ToParent, { type: 'failed' }>): string {
  const remedy =
    message.code === 'EADDRINUSE'
      ? ' Another program uses that port: stop it (ss -lntup shows which it is), or choose another port.'
      : '';
  return `${name}: ${message.message}.${remedy}`;
}
