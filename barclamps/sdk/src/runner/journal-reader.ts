import { parseEvent, type RunnerEvent } from './events.ts';

const NEWLINE = 10;

/** An event with the journal offset, in bytes, just behind it: where to attach again to miss nothing and repeat nothing. */
export interface JournalEntry {
  readonly event: RunnerEvent;
  readonly offset: number;
}

/** Cuts the byte stream of an attached journal into events. Bytes of an unfinished line wait for the rest. */
export class JournalReader {
  #offset: number;
  #rest = Buffer.alloc(0);

  /** @param offset where in the journal the stream begins */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** The offset behind the last whole line. */
  get offset(): number {
    return this.#offset;
  }

  /** The events that became whole with these bytes. */
  push(bytes: Buffer): JournalEntry[] {
    const entries: JournalEntry[] = [];
    let data = Buffer.concat([this.#rest, bytes]);
    for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE)) {
      const event = parseEvent(data.toString('utf8', 0, end));
      this.#offset += end + 1;
      if (event) entries.push({ event, offset: this.#offset });
      data = data.subarray(end + 1);
    }
    this.#rest = data;
    return entries;
  }
}
