import type { JournalEntry } from '@halligan/sdk/runner';
import type { NodeLifecycle } from '../nodes/node-lifecycle.ts';
import type { Database, Tx } from '../shared/database/database.ts';
import type { Events } from '../shared/events/events.ts';
import { advanceJournal } from './node-runs.repository.ts';
import type { StepRunFacts } from './run-facts.ts';
import { updateStep } from './step-runs.repository.ts';
import { StepStates } from './step-states.ts';

const FLUSH_MS = 250;

/** What recording needs of the rest of the server. */
export interface RecorderServices {
  readonly database: Database;
  readonly events: Events;
  readonly lifecycle: NodeLifecycle;
}

/** Another worker reads the same journal and is ahead: this one must stop. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

/** Whose journal is recorded. */
export interface Recorded {
  readonly nodeRunId: string;
  readonly runId: string;
  readonly nodeId: string;
  readonly node: string;
  readonly offset: number;
}

/**
 * Stores what a journal says, a few times a second. Each write also stores how far the journal has been read, in the
 * same transaction: whoever goes on from there misses nothing and stores nothing twice.
 */
export class JournalRecorder {
  readonly #services: RecorderServices;
  readonly #recorded: Recorded;
  readonly #onError: (error: unknown) => void;
  readonly states: StepStates;
  #stored: number;
  #read: number;
  #news: StepRunFacts[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    services: RecorderServices,
    recorded: Recorded,
    states: StepStates,
    onError: (error: unknown) => void,
  ) {
    this.#services = services;
    this.#recorded = recorded;
    this.#stored = recorded.offset;
    this.#read = recorded.offset;
    this.states = states;
    this.#onError = onError;
  }

  /** How far the journal has been read, in bytes. */
  get offset(): number {
    return this.#read;
  }

  /** Takes entries in; they are stored soon. */
  push(entries: readonly JournalEntry[]): void {
    for (const { event, offset } of entries) {
      const step = this.states.apply(event);
      if (step) this.#news.push(step);
      // The end stays unread until the node run is finished: whoever takes over must come upon it.
      if (event.type !== 'run-finished') this.#read = offset;
    }
    this.#timer ??= setTimeout(() => {
      this.flush().catch(this.#onError);
    }, FLUSH_MS);
  }

  /** Stores what is not stored yet. Throws {@link SupersededError} when another worker has. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Forgets what is not stored: somebody else reads it again. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  async #write(): Promise<void> {
    const { nodeRunId } = this.#recorded;
    const [from, to] = [this.#stored, this.#read];
    if (from === to) return;
    const [steps, news] = [this.states.takeChanged(), this.#news.splice(0)];
    await this.#services.database.transaction(async (tx) => {
      if (!(await advanceJournal(tx, nodeRunId, from, to)))
        throw new SupersededError(`Node run ${nodeRunId} is recorded by another worker.`);
      for (const step of steps) await updateStep(tx, step);
      for (const step of news) await this.#tell(tx, step);
      await this.#report(tx, news.at(-1));
    });
    this.#stored = to;
  }

  async #tell(tx: Tx, { id, name, outcome }: StepRunFacts): Promise<void> {
    const { nodeRunId, runId, node } = this.#recorded;
    const data = { nodeRunId, stepId: id, outcome, name, node };
    await this.#services.events.record(tx, { type: 'run.step', subjectKind: 'run', subjectId: runId, data });
  }

  /** Shows on the node itself how far its part has come. */
  async #report(tx: Tx, step: StepRunFacts | undefined): Promise<void> {
    if (!step) return;
    const percent = this.states.percentDone;
    await this.#services.lifecycle.progress(tx, this.#recorded.nodeId, { percent, message: step.name });
  }
}
