import { Injectable } from '@nestjs/common';
import { ServerConfig } from '../config.ts';
import { RedisLink } from '../shared/redis.ts';
import { VERSION } from '../shared/version.ts';
import { ProcessBoard } from './process-board.ts';
import { StorageWatch } from './storage-watch.ts';
import type { SystemView } from './system.dto.ts';
import { SystemRepository } from './system.repository.ts';

@Injectable()
export class SystemService {
  readonly #config: ServerConfig;
  readonly #repository: SystemRepository;
  readonly #redis: RedisLink;
  readonly #board: ProcessBoard;
  readonly #storage: StorageWatch;
  readonly #startedAt = new Date().toISOString();

  constructor(
    config: ServerConfig,
    repository: SystemRepository,
    redis: RedisLink,
    board: ProcessBoard,
    storage: StorageWatch,
  ) {
    this.#config = config;
    this.#repository = repository;
    this.#redis = redis;
    this.#board = board;
    this.#storage = storage;
  }

  async view(): Promise<SystemView> {
    await this.#storage.look();
    return {
      version: VERSION,
      startedAt: this.#startedAt,
      processes: this.#board.processes,
      database: { provider: this.#config.databaseProvider, ok: await this.#repository.answers() },
      redis: { url: this.#redis.description, ok: await this.#redis.answers() },
      bootHttp: this.#config.publicBootUrl,
      bootInterface: this.#config.bootInterface,
      dataDir: this.#config.dataDir,
      dataDirFreeBytes: this.#storage.freeBytes,
      storageFull: this.#storage.full,
    };
  }
}
