import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASES, newTestDatabase } from '@halligan/db/testing';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApi } from '../api.app.ts';
import { ServerConfig } from '../config.ts';
import { Database } from '../shared/database/database.ts';
import type { Role } from '../shared/role.dto.ts';
import { ensureKeys } from '../supervisor/first-secrets.ts';
import { WorkerModule } from '../worker.module.ts';
import { TestClient } from './test-client.ts';
import { TestRedis } from './test-redis.ts';
import { makeUser, type TestUser } from './test-users.ts';

export { DATABASES };

export interface TestApiOptions {
  database: (typeof DATABASES)[number];
  /** Run a worker too, in this process. */
  worker?: boolean;
}

/** The whole api on a database and a Redis of its own, listening on a loopback port. */
export interface TestApi {
  url: string;
  config: ServerConfig;
  app: NestExpressApplication;
  redis: TestRedis;
  database: Database;
  users: Record<Role, TestUser>;
  /** Clients with an API token of that role. */
  viewer: TestClient;
  operator: TestClient;
  admin: TestClient;
  anonymous: TestClient;
  /** A service of the api process. */
  get<T>(type: Type<T>): T;
  /** A service of the worker; throws when there is none. */
  inWorker<T>(type: Type<T>): T;
  /** Stops the worker and starts another one. */
  restartWorker(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an api for a test; `close` it afterwards. */
export async function startTestApi(options: TestApiOptions): Promise<TestApi> {
  const directory = mkdtempSync(join(tmpdir(), 'halligan-api-'));
  const store = await newTestDatabase(options.database);
  const redis = new TestRedis(directory);
  await redis.start();
  const config = ServerConfig.of({
    data: directory,
    databaseUrl: store.url,
    redisUrl: redis.url,
    listen: '127.0.0.1:0',
    logLevel: 'warn',
  });
  ensureKeys(config);
  const app = await createApi(config, {});
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const database = app.get(Database);
  const users = {
    viewer: await makeUser(database, 'viewer'),
    operator: await makeUser(database, 'operator'),
    admin: await makeUser(database, 'admin'),
  };
  let worker = options.worker === true ? await startWorker(config) : null;
  const clientOf = (role: Role) => new TestClient(url, { authorization: `Bearer ${users[role].token}` });
  return {
    url,
    config,
    app,
    redis,
    database,
    users,
    viewer: clientOf('viewer'),
    operator: clientOf('operator'),
    admin: clientOf('admin'),
    anonymous: new TestClient(url),
    get: (type) => app.get(type, { strict: false }),
    inWorker: (type) => {
      if (worker === null) throw new Error('This test api was started without a worker.');
      return worker.get(type, { strict: false });
    },
    restartWorker: async () => {
      await worker?.close();
      worker = await startWorker(config);
    },
    close: async () => {
      await worker?.close();
      await app.close();
      await redis.stop();
      store.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Runs `test` on an api of its own. */
export async function withApi(options: TestApiOptions, test: (api: TestApi) => Promise<void>): Promise<void> {
  const api = await startTestApi(options);
  try {
    await test(api);
  } finally {
    await api.close();
  }
}

function startWorker(config: ServerConfig): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.with(config), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
}
