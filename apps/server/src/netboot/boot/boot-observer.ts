import type { BootObserver, Refusal, Served } from '@halligan/pxe/boot';
import { Injectable, Logger } from '@nestjs/common';
import { BootMarks } from '../timeline/boot-marks.ts';
import { servedMark } from '../timeline/served-marks.ts';
import { RefusalLog } from './refusal-log.ts';

/** What boot HTTP has to tell: refusals go to the audit, transfers to the boot timeline, the rest to the log. */
@Injectable()
export class ServerBootObserver implements BootObserver {
  readonly #log = new Logger('BootHttp');
  readonly #refusals: RefusalLog;
  readonly #marks: BootMarks;

  constructor(refusals: RefusalLog, marks: BootMarks) {
    this.#refusals = refusals;
    this.#marks = marks;
  }

  refused(refusal: Refusal): void {
    this.#refusals.note(refusal);
  }

  served(event: Served): void {
    const mark = servedMark(event);
    if (mark) this.#marks.note(event.mac, mark);
  }

  malformed(address: string | null): void {
    this.#log.debug(`malformed request from ${address ?? 'a closed connection'}`);
  }

  failed(resource: string, error: unknown): void {
    const told = error instanceof Error ? error.stack : String(error);
    this.#log.error({ msg: 'A boot request failed; the machine comes again', resource, error: told });
  }
}
