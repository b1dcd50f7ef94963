import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ServerConfig } from '../config.ts';
import { Audit } from './audit.ts';
import { Database } from './database/database.ts';
import { EventFeed } from './events/event-feed.ts';
import { Events } from './events/events.ts';
import { OutboxProcessor } from './outbox/outbox.processor.ts';
import { OutboxQueue } from './outbox/outbox.queue.ts';
import { Outbox } from './outbox/outbox.ts';
import { OutboxHandlers } from './outbox/outbox-handlers.ts';
import { OutboxSweeper } from './outbox/outbox-sweeper.ts';
import { RedisLink } from './redis.ts';
import { SecretBox } from './secret-box.ts';
import { SshKeyPair } from './secrets.ts';

const SERVICES = [
  RedisLink,
  Database,
  Events,
  EventFeed,
  OutboxQueue,
  Outbox,
  OutboxHandlers,
  Audit,
  SecretBox,
  SshKeyPair,
];

/** What every feature may use, in every process. */
@Global()
@Module({})
export class SharedModule {
  static with(config: ServerConfig): DynamicModule {
    return {
      module: SharedModule,
      providers: [{ provide: ServerConfig, useValue: config }, ...SERVICES],
      exports: [ServerConfig, ...SERVICES],
    };
  }
}

/** In the worker process only: runs what the outbox holds. */
@Module({ providers: [OutboxProcessor, OutboxSweeper] })
export class OutboxWorkerModule {}
