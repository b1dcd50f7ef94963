import { fileURLToPath } from 'node:url';
import { unwrap } from '@halligan/api-client';
import type { Lab } from '../lab.ts';
import { LabError } from '../lab-error.ts';
import type { RackUnit } from '../rack/rack.ts';
import { applyTwice } from './apply-barclamp.ts';
import { bringNodeUp } from './bring-node-up.ts';
import { type NodeSummary, NodeWatch } from './node-watch.ts';
import { type NodeReport, phasesOf, type Report, type RunReport, runReport } from './report.ts';

const SNTP_PROGRAM = fileURLToPath(
  new URL('./sntp-program.js', import.meta.url).href.replace('/lab/src/', '/lab/dist/'),
);
const MINUTE = 60_000;

export interface BringUpOptions {
  /** What to install on the nodes; the server's default when absent. */
  readonly bootEnv?: string;
  readonly signal?: AbortSignal;
  /** Hears of every reading of the nodes. */
  readonly onNodes?: (nodes: readonly NodeSummary[]) => void;
  readonly onProgress?: (text: string) => void;
  /** Multiplies every time limit: a full installer takes ten times as long as an image. Default 1. */
  readonly patience?: number;
}

/** What had been reached when it went wrong, for the report. */
export class BringUpFailed extends Error {
  readonly report: Report;

  constructor(report: Report, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'BringUpFailed';
    this.report = report;
  }
}

/**
 * The main job: every machine from its power button to `ready`, `ntp` applied and proved by a second run and by
 * an answer from the time server. Throws BringUpFailed with what was reached.
 */
export async function bringUp(lab: Lab, options: BringUpOptions = {}): Promise<Report> {
  const watch = new NodeWatch(lab, options.onNodes ?? (() => undefined));
  const runs: RunReport[] = [];
  try {
    await bringNodesUp(lab, watch, options);
    if (lab.rack.units.length > 0) await applyTime(lab, watch, options, runs);
    await allReady(lab, watch, options.signal ?? new AbortController().signal);
    return { ok: true, nodes: await nodeReports(lab, watch), runs };
  } catch (cause) {
    throw new BringUpFailed({ ok: false, nodes: await nodeReports(lab, watch).catch(() => []), runs }, cause);
  } finally {
    watch.stop();
  }
}

/** All machines at once, each at its own pace; the first failure ends the waiting for the others. */
async function bringNodesUp(lab: Lab, watch: NodeWatch, options: BringUpOptions): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, options.signal ?? failed.signal]);
  const { units } = lab.rack;
  // Two cores emulate sixteen machines about ten times slower than one.
  const factor = (options.patience ?? 1) * Math.max(1, units.length / 2);
  const patience = { discoveredMs: 3 * MINUTE * factor, readyMs: 10 * MINUTE * factor };
  const outcomes = await Promise.allSettled(
    units.map((unit) =>
      bringNodeUp(lab, { unit, watch, signal, bootEnv: options.bootEnv, patience }).catch(
        (error: unknown) => {
          failed.abort(error);
          throw error;
        },
      ),
    ),
  );
  options.signal?.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  const unexpected = outcomes.find((outcome) => outcome.status === 'rejected');
  if (unexpected !== undefined) throw unexpected.reason;
}

async function applyTime(
  lab: Lab,
  watch: NodeWatch,
  options: BringUpOptions,
  runs: RunReport[],
): Promise<void> {
  const [server, ...clients] = lab.rack.units.map((unit) => unit.machine.name);
  if (server === undefined) return;
  const elements = { 'ntp-server': [server], ...(clients.length > 0 ? { 'ntp-client': clients } : {}) };
  const signal = options.signal ?? new AbortController().signal;
  options.onProgress?.('ntp: propose, plan, commit, and commit again');
  const timeoutMs = 10 * MINUTE * (options.patience ?? 1);
  const following = { watch, signal, timeoutMs };
  const both = await applyTwice(lab, { barclamp: 'ntp', elements }, following);
  runs.push(...both.map(runReport));
  const [, second] = both;
  if (second.changed > 0) {
    throw new LabError(
      'lab.not_proved',
      `the second run of ntp changed ${second.changed} steps; it should change none`,
      `halligan run show ${second.id}`,
    );
  }
  const address = nodeOf(watch, lab.rack.unit(0))?.address;
  await lab.rack.run(process.execPath, [SNTP_PROGRAM, address ?? '']);
}

/** A run's end and its nodes' return to `ready` are two transactions. */
async function allReady(lab: Lab, watch: NodeWatch, signal: AbortSignal): Promise<void> {
  const all = () => lab.rack.units.every((unit) => nodeOf(watch, unit)?.state === 'ready') || undefined;
  await watch.until('all nodes ready again', MINUTE, signal, all);
}

async function nodeReports(lab: Lab, watch: NodeWatch): Promise<NodeReport[]> {
  return Promise.all(
    lab.rack.units.map(async (unit): Promise<NodeReport> => {
      const node = nodeOf(watch, unit);
      const { name, poweredOnAt } = unit.machine;
      if (node === undefined || poweredOnAt === undefined) return { name, state: 'unknown', phases: {} };
      const params = { path: { node: node.id } };
      const history = await unwrap(lab.client.GET('/api/v1/nodes/{node}/history', { params }));
      return { name: node.name, state: node.state, phases: phasesOf(poweredOnAt, history) };
    }),
  );
}

function nodeOf(watch: NodeWatch, { machine }: RackUnit): NodeSummary | undefined {
  return watch.byMac(machine.mac);
}
