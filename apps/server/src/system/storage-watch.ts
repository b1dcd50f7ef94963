import { statfs } from 'node:fs/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { ServerConfig } from '../config.ts';
import { STORAGE_FULL, sendProblem } from '../shared/http/problem.filter.ts';

/** Kept free, so that what is under way (leases, step journals, the database's log) can still be written. */
const RESERVE_BYTES = 16 * 1024 * 1024;
const LOOK_MS = 2_000;

/** Refuses changes while the data folder's disk is as good as full, before anything has to fail half-way. */
@Injectable()
export class StorageWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #config: ServerConfig;
  readonly #log = new Logger(StorageWatch.name);
  #timer: NodeJS.Timeout | null = null;
  freeBytes = Number.POSITIVE_INFINITY;

  constructor(config: ServerConfig) {
    this.#config = config;
  }

  get full(): boolean {
    return this.freeBytes < RESERVE_BYTES;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    const before = this.full;
    try {
      const disk = await statfs(this.#config.dataDir);
      this.freeBytes = disk.bavail * disk.bsize;
    } catch (error) {
      this.#log.warn({ msg: 'The data folder cannot be looked at', error: String(error) });
    }
    if (this.full && !before)
      this.#log.error({
        msg: 'The disk of the data folder is full: changes are refused',
        freeBytes: this.freeBytes,
      });
    if (!this.full && before) this.#log.log({ msg: 'The disk of the data folder has space again' });
  }

  /** Express middleware. */
  refuseWhenFull = (request: Request, response: Response, next: NextFunction): void => {
    if (!this.full || request.method === 'GET' || request.method === 'HEAD') next();
    else sendProblem(response, STORAGE_FULL);
  };
}
