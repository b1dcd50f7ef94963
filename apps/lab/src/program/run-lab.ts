import { readFile } from 'node:fs/promises';
import colours from 'picocolors';
import { BringUpFailed, bringUp } from '../bring-up/bring-up.ts';
import type { Report } from '../bring-up/report.ts';
import { type Lab, startLab } from '../lab.ts';
import { LabError, messageOf } from '../lab-error.ts';
import type { Machine } from '../machine/machine.ts';
import { Display } from './display.ts';
import { Interrupted, interrupted, interruption } from './interruption.ts';
import type { ProgramOptions } from './options.ts';
import { invitation, summary } from './summary.ts';

const CONSOLE_LINES = 12;
const FAILED = 1;
const INTERRUPTED = 130;

/** The whole program; returns its exit code. Nothing is left behind when it returns. */
export async function runLab(options: ProgramOptions): Promise<number> {
  const display = new Display();
  const signal = interruption(() => display.line('ending; a second Ctrl-C does not wait'));
  let lab: Lab | undefined;
  let code: number;
  try {
    lab = await startLab({
      port: options.port,
      keepFiles: options.keep,
      machines: machines(options),
      signal,
      onProgress: (text) => display.line(text),
    });
    signal.throwIfAborted();
    code = await doTheJob(lab, options, display, signal);
    if (!options.once) await stayUp(lab, display, signal);
  } catch (error) {
    code = explain(error, display);
  }
  display.quiet();
  await lab?.close();
  if (lab !== undefined && options.keep) display.plain(`kept: ${lab.rack.folder}`);
  return code;
}

function machines({ nodes, memory }: ProgramOptions) {
  return Array.from({ length: nodes }, (_, index) => ({
    name: `node-${index + 1}`,
    memoryMegabytes: memory,
  }));
}

async function doTheJob(
  lab: Lab,
  options: ProgramOptions,
  display: Display,
  signal: AbortSignal,
): Promise<number> {
  const { units, acceleration } = lab.rack;
  const speed = acceleration === 'kvm' ? 'KVM' : 'software emulation, no KVM here';
  const kinds = units
    .map(({ machine }) => `${machine.name} ${machine.spec.firmware.toUpperCase()}`)
    .join(', ');
  display.line(`power on: ${kinds} (${speed})`);
  try {
    const report = await bringUp(lab, {
      signal,
      ...(options.bootEnv === undefined ? {} : { bootEnv: options.bootEnv }),
      onNodes: (nodes) => display.nodes(nodes),
      onProgress: (text) => display.line(text),
    });
    display.quiet();
    display.plain(summary(report));
    printReport(report, lab, options);
    return 0;
  } catch (error) {
    display.quiet();
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof BringUpFailed)) throw error;
    printReport(error.report, lab, options);
    const code = explain(error.cause, display);
    for (const { machine } of unfinished(lab, error.report)) display.plain(await lastWords(machine));
    return code;
  }
}

function unfinished(lab: Lab, report: Report) {
  const ready = new Set(report.nodes.filter(({ state }) => state === 'ready').map(({ name }) => name));
  return lab.rack.units.filter(({ machine }) => !ready.has(machine.name));
}

/** The end of a machine's console. */
async function lastWords({ name, console: { path } }: Machine): Promise<string> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return `\n${colours.bold(name)}, the end of its console:\n${lines.slice(-CONSOLE_LINES).join('\n')}`;
}

/** One line on standard output, the last; a lab that stays up says how to reach it, too. */
function printReport(report: Report, lab: Lab, { json, once }: ProgramOptions): void {
  if (!json) return;
  const { username, password } = lab.admin;
  const access = once ? {} : { url: lab.url, username, password, fingerprint: lab.fingerprint };
  process.stdout.write(`${JSON.stringify({ ...report, ...access })}\n`);
}

async function stayUp(lab: Lab, display: Display, signal: AbortSignal): Promise<void> {
  display.plain(invitation(lab));
  const { child, log } = lab.server;
  const ended = await Promise.race([interrupted(signal), child.exited]);
  if (ended !== undefined && !signal.aborted)
    throw new LabError('lab.server_ended', 'the server ended', `see ${log}`);
}

/** Says what went wrong and what to do; returns the exit code for it. */
function explain(error: unknown, display: Display): number {
  if (error instanceof Interrupted) return INTERRUPTED;
  display.plain(`\n${colours.red(messageOf(error))}`);
  const remedy = remedyOf(error);
  display.plain(remedy === undefined ? String((error as Error).stack) : `→ ${remedy}`);
  return FAILED;
}

function remedyOf(error: unknown): string | undefined {
  if (error instanceof LabError) return error.remedy;
  const { problem } = error as { problem?: { remedy?: string } };
  return problem === undefined ? undefined : (problem.remedy ?? 'see the message');
}
