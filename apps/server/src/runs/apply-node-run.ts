import { setTimeout as delay } from 'node:timers/promises';
import { RunnerStatus } from '@halligan/sdk/runner';
import { Injectable, Logger } from '@nestjs/common';
import { isStorageFull } from '../shared/database/errors.ts';
import { EventFeed } from '../shared/events/event-feed.ts';
import type { OutboxJob } from '../shared/outbox/outbox-handlers.ts';
import { ShellError } from '../ssh/shell-error.ts';
import { SupersededError } from './journal-recorder.ts';
import { type NodeRunEnd, NodeRunFinisher } from './node-run-finisher.ts';
import { NodeRunFollower } from './node-run-follower.ts';
import { type NodeRunWork, NodeRunWorkReader, UnworkableError } from './node-run-work.ts';
import { RunnerClient } from './runner-client.ts';

/** After so many unexpected errors a node run is failed: it must not stay at work for ever. */
const ATTEMPTS = 5;
const AGAIN_MS = 500;

/** The job that brings one node run to its end. It may be begun again at any point, by any worker. */
@Injectable()
export class ApplyNodeRun {
  readonly #reader: NodeRunWorkReader;
  readonly #follower: NodeRunFollower;
  readonly #finisher: NodeRunFinisher;
  readonly #client: RunnerClient;
  readonly #feed: EventFeed;
  readonly #log = new Logger(ApplyNodeRun.name);

  constructor(
    reader: NodeRunWorkReader,
    follower: NodeRunFollower,
    finisher: NodeRunFinisher,
    client: RunnerClient,
    feed: EventFeed,
  ) {
    this.#reader = reader;
    this.#follower = follower;
    this.#finisher = finisher;
    this.#client = client;
    this.#feed = feed;
  }

  async handle(nodeRunId: string, { attempt, signal }: Pick<OutboxJob, 'attempt' | 'signal'>): Promise<void> {
    try {
      const work = await this.#reader.read(nodeRunId);
      if (work) await this.#finisher.finish(nodeRunId, await this.#bringToEnd(work, signal));
    } catch (error) {
      if (error instanceof SupersededError) return;
      if (signal.aborted) throw error;
      await this.#explain(nodeRunId, attempt, error);
    }
  }

  async #explain(nodeRunId: string, attempt: number, error: unknown): Promise<void> {
    const hopeless = error instanceof UnworkableError || (attempt >= ATTEMPTS && !isStorageFull(error));
    if (!hopeless) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    await this.#finisher.finish(nodeRunId, { state: 'failed', reason });
  }

  async #bringToEnd(work: NodeRunWork, signal: AbortSignal): Promise<NodeRunEnd> {
    if (work.steps.length === 0) return { state: 'succeeded', reason: '' };
    const ended = new AbortController();
    await this.#watchForCancel(work, ended.signal);
    try {
      if ((await this.#reader.cancelledBy(work.nodeRun)) !== null && (await this.#stop(work)) === 'unknown')
        return { state: 'cancelled', reason: 'The run was cancelled before this began.' };
      const node = await this.#reader.node(work.nodeRun);
      return await this.#follower.follow(work, node?.name ?? work.nodeRun.nodeId, signal);
    } finally {
      ended.abort();
    }
  }

  /** Stops the runner as soon as somebody cancels the run; its journal then tells the end. */
  async #watchForCancel(work: NodeRunWork, ended: AbortSignal): Promise<void> {
    const unsubscribe = await this.#feed.subscribe(({ type, subjectId, data }) => {
      const cancelled = typeof data === 'object' && data !== null && 'cancelledBy' in data;
      if (type !== 'run.updated' || subjectId !== work.run.id || !cancelled) return;
      this.#stopUntilEnded(work, ended).catch((error: Error) =>
        this.#log.warn({ msg: 'A run could not be stopped', nodeRun: work.nodeRun.id, error: error.message }),
      );
    });
    ended.addEventListener('abort', unsubscribe);
  }

  /** The order to start may still be on its way to the node when the one to stop arrives. */
  async #stopUntilEnded(work: NodeRunWork, ended: AbortSignal): Promise<void> {
    while (!ended.aborted && (await this.#stop(work)) !== 'stopped') await delay(AGAIN_MS);
  }

  async #stop(work: NodeRunWork): Promise<'stopped' | 'unknown' | 'out-of-reach'> {
    const node = await this.#reader.node(work.nodeRun);
    if (!node) return 'stopped';
    try {
      const status = await this.#client.cancel(node, work.nodeRun.id);
      const unknown = status === RunnerStatus.noSuchRun || status === RunnerStatus.abandoned;
      return unknown ? 'unknown' : 'stopped';
    } catch (error) {
      if (error instanceof ShellError) return 'out-of-reach';
      throw error;
    }
  }
}
