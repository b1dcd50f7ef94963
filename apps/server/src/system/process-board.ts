import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { onParentMessage } from '../shared/process/parent.ts';
import type { ProcessView } from '../shared/process/process.dto.ts';

/** The processes of this machine as the supervisor tells of them; this one alone when there is no supervisor. */
@Injectable()
export class ProcessBoard implements OnModuleInit {
  readonly #database: Database;
  readonly #events: Events;
  readonly #log = new Logger(ProcessBoard.name);
  #processes: ProcessView[] = [
    { name: 'api', pid: process.pid, state: 'running', restarts: 0, since: new Date().toISOString() },
  ];

  constructor(database: Database, events: Events) {
    this.#database = database;
    this.#events = events;
  }

  get processes(): ProcessView[] {
    return this.#processes;
  }

  onModuleInit(): void {
    onParentMessage('processes', (message) => {
      this.#processes = message.processes;
      void this.#tell();
    });
  }

  /** Best effort: the next change of a process brings the whole picture again. */
  async #tell(): Promise<void> {
    await this.#database
      .transaction((tx) =>
        this.#events.record(tx, {
          type: 'system.process',
          subjectKind: 'system',
          subjectId: 'system',
          data: { processes: this.#processes },
        }),
      )
      .catch((error: Error) => this.#log.debug(`processes not told: ${error.message}`));
  }
}
