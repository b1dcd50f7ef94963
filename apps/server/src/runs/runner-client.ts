import {
  installRunnerCommand,
  JournalReader,
  type RunnerEvent,
  runnerCommand,
  runnerSource,
} from '@halligan/sdk/runner';
import { Injectable } from '@nestjs/common';
import type { ExecOptions, ExecResult } from '../ssh/exec.ts';
import type { ShellTarget } from '../ssh/shell-target.ts';
import { Shells } from '../ssh/shells.ts';

const SHORT_MS = 30_000;
const PLAN_MS = 10 * 60_000;

/** The runner could not do what it was asked. */
export class RunnerError extends Error {
  override readonly name = 'RunnerError';
}

/** Talks to the step runners on nodes, and puts them there first. */
@Injectable()
export class RunnerClient {
  readonly #shells: Shells;
  readonly #installed = new Set<string>();

  constructor(shells: Shells) {
    this.#shells = shells;
  }

  /** Puts this version of the runner on the node; does nothing when it is there. */
  async install(target: ShellTarget): Promise<void> {
    const key = systemOf(target);
    if (this.#installed.has(key)) return;
    const options = { stdin: Buffer.from(runnerSource), timeoutMs: SHORT_MS };
    const { status, stderr } = await this.#shells.exec(target, installRunnerCommand, options);
    if (status !== 0)
      throw new RunnerError(`The step runner cannot be put on ${target.name}: ${stderr.trim()}`);
    this.#installed.add(key);
  }

  /** Starts a run, or attaches to it when it is known there, and passes on its journal from `offset` until it ends. */
  start(
    target: ShellTarget,
    run: { id: string; offset: number; archive: Buffer },
    options: Required<Pick<ExecOptions, 'onStdout' | 'signal'>>,
  ): Promise<ExecResult> {
    return this.#call(target, runnerCommand('start', run.id, run.offset), { ...options, stdin: run.archive });
  }

  /** Stops a run; answers with the runner's status. */
  async cancel(target: ShellTarget, id: string): Promise<number> {
    return (await this.#call(target, runnerCommand('cancel', id), { timeoutMs: SHORT_MS })).status;
  }

  /** Asks the checks of a bundle alone. */
  async plan(target: ShellTarget, id: string, archive: Buffer): Promise<RunnerEvent[]> {
    const reader = new JournalReader(0);
    const events: RunnerEvent[] = [];
    const { status, stderr } = await this.#call(target, runnerCommand('plan', id), {
      stdin: archive,
      timeoutMs: PLAN_MS,
      onStdout: (bytes) => events.push(...reader.push(bytes).map(({ event }) => event)),
    });
    if (status !== 0)
      throw new RunnerError(`The checks could not be run on ${target.name}: ${stderr.trim()}`);
    return events;
  }

  /** A runner that somebody removed is put there again, once. */
  async #call(target: ShellTarget, command: string, options: ExecOptions): Promise<ExecResult> {
    await this.install(target);
    const result = await this.#shells.exec(target, command, options);
    if (!isMissing(result)) return result;
    this.#installed.delete(systemOf(target));
    await this.install(target);
    return this.#shells.exec(target, command, options);
  }
}

/** A node that was installed anew has other keys, and no runner. */
function systemOf({ id, sshHostKeys }: ShellTarget): string {
  return [id, ...sshHostKeys].join(' ');
}

/** What a shell says when the program to run does not exist: 2 in dash, 127 in most others. */
function isMissing({ status, stderr }: ExecResult): boolean {
  return (status === 2 || status === 127) && /open|not found|no such file/i.test(stderr);
}
