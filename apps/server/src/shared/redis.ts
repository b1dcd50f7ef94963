import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { ServerConfig } from '../config.ts';

/** What callers may choose about their connection. */
export interface LinkOptions {
  maxRetriesPerRequest?: number | null;
}

/** Connections to Redis. All come back by themselves when Redis does; none is a reason to stop. */
@Injectable()
export class RedisLink implements OnApplicationShutdown {
  readonly #config: ServerConfig;
  readonly #log = new Logger(RedisLink.name);
  readonly #open: Redis[] = [];
  #publisher: Redis | null = null;

  constructor(config: ServerConfig) {
    this.#config = config;
  }

  /** For people and the system view, without any password. */
  get description(): string {
    return (this.#config.redisUrl ?? 'none').replace(/\/\/[^@/]*@/, '//');
  }

  /** Tells whoever subscribed to `channel`. Lost when Redis is away: a nudge, never a message that matters. */
  nudge(channel: string): void {
    this.#publisher ??= this.connect({ maxRetriesPerRequest: 1 });
    this.#publisher.publish(channel, '').catch((error: Error) => {
      this.#log.debug(`nudge of ${channel} lost: ${error.message}`);
    });
  }

  /** Calls `listener` on every nudge of `channel`. */
  async onNudge(channel: string, listener: () => void): Promise<void> {
    const subscriber = this.connect({});
    subscriber.on('message', listener);
    await subscriber.subscribe(channel);
  }

  /** True when Redis answers now. */
  async answers(): Promise<boolean> {
    this.#publisher ??= this.connect({ maxRetriesPerRequest: 1 });
    try {
      return (await this.#publisher.ping()) === 'PONG';
    } catch (error) {
      this.#log.debug(`Redis does not answer: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  /** A connection of one's own, closed when the process shuts down. BullMQ's workers want `maxRetriesPerRequest: null`. */
  connect(options: LinkOptions): Redis {
    const redis = openRedis(this.#config.redisUrl, options);
    redis.on('error', (error: Error) => this.#log.debug(`Redis: ${error.message}`));
    this.#open.push(redis);
    return redis;
  }

  onApplicationShutdown(): void {
    for (const redis of this.#open) redis.disconnect();
  }
}

function openRedis(url: string | null, options: LinkOptions): Redis {
  if (url === null)
    throw new Error('REDIS_URL is not set: start this process through `halligan server`, or set it.');
  const retryStrategy = (times: number) => Math.min(50 * times, 1000);
  if (url.startsWith('unix://'))
    return new Redis({ retryStrategy, ...options, path: url.slice('unix://'.length) });
  return new Redis(url, { retryStrategy, ...options });
}
