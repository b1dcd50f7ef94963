import { setTimeout as delay } from 'node:timers/promises';
import { JournalReader, RunnerStatus } from '@halligan/sdk/runner';
import { Injectable } from '@nestjs/common';
import { NodeLifecycle } from '../nodes/node-lifecycle.ts';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import type { ExecResult } from '../ssh/exec.ts';
import { ShellError } from '../ssh/shell-error.ts';
import { JournalRecorder } from './journal-recorder.ts';
import type { NodeRunEnd } from './node-run-finisher.ts';
import { type NodeRunWork, NodeRunWorkReader } from './node-run-work.ts';
import { setNodeRunReason } from './node-runs.repository.ts';
import { RunnerClient } from './runner-client.ts';
import { StepStates } from './step-states.ts';

/** How long a node may be out of reach before its part of a run is given up. */
const PATIENCE_MS = 15 * 60_000;
/** How often a runner may die without having got anywhere. */
const DEATHS = 3;
const LONGEST_PAUSE_MS = 5_000;

/** Where a node run is followed to, across broken connections and dead runners. */
interface Pursuit {
  readonly work: NodeRunWork;
  readonly recorder: JournalRecorder;
  readonly signal: AbortSignal;
  lastHeard: number;
  failures: number;
  deaths: number;
}

/** Has the runner on a node do a node run, and follows it to its end, whatever happens to the connection. */
@Injectable()
export class NodeRunFollower {
  readonly #database: Database;
  readonly #events: Events;
  readonly #lifecycle: NodeLifecycle;
  readonly #reader: NodeRunWorkReader;
  readonly #client: RunnerClient;

  constructor(
    database: Database,
    events: Events,
    lifecycle: NodeLifecycle,
    reader: NodeRunWorkReader,
    client: RunnerClient,
  ) {
    this.#database = database;
    this.#events = events;
    this.#lifecycle = lifecycle;
    this.#reader = reader;
    this.#client = client;
  }

  /**
   * Answers how it ended. Throws only what is wrong here: with the database, or another worker being ahead, or this one
   * being about to stop; what runs on the node goes on.
   */
  async follow(work: NodeRunWork, node: string, stopping: AbortSignal): Promise<NodeRunEnd> {
    const { nodeRun, steps, patterns } = work;
    const broken = new AbortController();
    const recorder = new JournalRecorder(
      { database: this.#database, events: this.#events, lifecycle: this.#lifecycle },
      {
        nodeRunId: nodeRun.id,
        runId: nodeRun.runId,
        nodeId: nodeRun.nodeId,
        node,
        offset: nodeRun.journalOffset,
      },
      new StepStates(steps, patterns),
      (error) => broken.abort(error),
    );
    const signal = AbortSignal.any([broken.signal, stopping]);
    const pursuit = { work, recorder, signal, lastHeard: Date.now(), failures: 0, deaths: 0 };
    try {
      return await this.#pursue(pursuit);
    } finally {
      recorder.stop();
    }
  }

  async #pursue(pursuit: Pursuit): Promise<NodeRunEnd> {
    for (;;) {
      const end = await this.#attempt(pursuit);
      if (end) return end;
      await delay(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** pursuit.failures), undefined, {
        signal: pursuit.signal,
      });
      pursuit.failures += 1;
    }
  }

  /** One connection's worth of following; undefined when it is worth another one. */
  async #attempt(pursuit: Pursuit): Promise<NodeRunEnd | undefined> {
    const { work, recorder, signal } = pursuit;
    const node = await this.#reader.node(work.nodeRun);
    if (!node) return failed('The node was reset, installed anew or taken away meanwhile.');
    const before = recorder.offset;
    const journal = new JournalReader(before);
    const onStdout = (bytes: Buffer) => {
      pursuit.lastHeard = Date.now();
      pursuit.failures = 0;
      recorder.push(journal.push(bytes));
    };
    try {
      const run = { id: work.nodeRun.id, offset: before, archive: work.bundle.archive };
      const result = await this.#client.start(node, run, { onStdout, signal });
      await recorder.flush();
      return this.#judge(pursuit, result, recorder.offset > before);
    } catch (error) {
      await recorder.flush();
      if (!(error instanceof ShellError)) throw error;
      return this.#weigh(pursuit, error);
    }
  }

  /** What it means that the runner's program came to an end. */
  #judge(pursuit: Pursuit, { status, stderr }: ExecResult, progress: boolean): NodeRunEnd | undefined {
    const { states } = pursuit.recorder;
    if (states.result !== undefined) return endOf(states);
    pursuit.deaths = progress ? 0 : pursuit.deaths + 1;
    const passing: number[] = [RunnerStatus.abandoned, RunnerStatus.brokenBundle, RunnerStatus.done];
    if (passing.includes(status) && pursuit.deaths < DEATHS) return undefined;
    return failed(`The step runner on the node broke off (status ${status}). ${stderr.trim()}`.trim());
  }

  /** What it means that there is no connection, or no longer one. */
  async #weigh(pursuit: Pursuit, error: ShellError): Promise<NodeRunEnd | undefined> {
    if (!error.passing) return failed(error.message);
    if (Date.now() - pursuit.lastHeard > PATIENCE_MS)
      return failed(`Given up after 15 minutes: ${error.message}`);
    await setNodeRunReason(this.#database.db, pursuit.work.nodeRun.id, `Trying again: ${error.message}`);
    return undefined;
  }
}

function endOf({ result, failed: step }: StepStates): NodeRunEnd {
  if (result === 'succeeded') return { state: 'succeeded', reason: '' };
  if (result === 'cancelled') return { state: 'cancelled', reason: 'The run was cancelled.' };
  return failed(step ? `${step.name}: ${step.reason}` : 'A step failed.');
}

function failed(reason: string): NodeRunEnd {
  return { state: 'failed', reason };
}
