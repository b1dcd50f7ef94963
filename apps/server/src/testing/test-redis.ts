import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RedisPlace, redisPlace, spawnRedis, untilRedisAnswers } from '../supervisor/redis-server.ts';

/** A redis-server of one test's own. */
export class TestRedis {
  readonly #place: RedisPlace;
  #child: ChildProcess | null = null;

  constructor(directory: string) {
    mkdirSync(join(directory, 'redis'), { recursive: true });
    this.#place = redisPlace(join(directory, 'redis'));
  }

  get url(): string {
    return this.#place.url;
  }

  async start(): Promise<void> {
    const child = spawnRedis(this.#place);
    this.#child = child;
    await untilRedisAnswers(this.#place, () => child.exitCode !== null);
  }

  /** As if the machine had lost it: killed, and its data gone. */
  async killAndWipe(): Promise<void> {
    await this.#end('SIGKILL');
    rmSync(this.#place.directory, { recursive: true, force: true });
    mkdirSync(this.#place.directory, { recursive: true });
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
