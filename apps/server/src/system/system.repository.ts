import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';

@Injectable()
export class SystemRepository {
  readonly #database: Database;
  readonly #log = new Logger(SystemRepository.name);

  constructor(database: Database) {
    this.#database = database;
  }

  async answers(): Promise<boolean> {
    try {
      await this.#database.db.setting.count();
      return true;
    } catch (error) {
      this.#log.debug(`the database does not answer: ${String(error)}`);
      return false;
    }
  }
}
