import type { FirstBootReport, InstalledReport, NodeCaller } from '../backend.ts';
import { BootHttpError, badRequest } from '../http/boot-http-error.ts';
import { firstValue, type Lines, millisecondsOf, parseLines } from '../http/lines.ts';
import { readText } from '../http/read-body.ts';
import type { Grant } from '../sessions/grant.ts';
import { attemptOf } from './attempt.ts';
import { admitted, answerNothing, bearer, type Exchange } from './exchange.ts';
import { marksOf } from './marks.ts';

/** Grants whose call-back is being worked on: a second attempt must wait for the outcome of the first. */
const busy = new WeakMap<object, Set<string>>();

/** `POST /agent/first-boot`: the installed system says who it is; its host keys are pinned from here. */
export function firstBoot(exchange: Exchange): Promise<void> {
  const { agents } = exchange.plane.backend;
  return callBack(exchange, 'first-boot', (caller, lines) =>
    agents.firstBoot(caller, firstBootOf(exchange, lines)),
  );
}

/** `POST /agent/installed`: the installer has come to its end. */
export function installed(exchange: Exchange): Promise<void> {
  const { agents } = exchange.plane.backend;
  return callBack(exchange, 'install', (caller, lines) => agents.installed(caller, installedOf(lines)));
}

type Work = (caller: NodeCaller, lines: Lines) => Promise<void>;

/** The token is used up only when the backend has it all on disk; the same attempt may then be answered again. */
async function callBack(exchange: Exchange, kind: 'first-boot' | 'install', work: Work): Promise<void> {
  const { plane, request } = exchange;
  const body = await readText(request, 64 * 1024);
  // The body tells the time since the start, so it differs when the call is repeated.
  const attempt = attemptOf(request, '');
  const resource = kind === 'install' ? 'agent/installed' : 'agent/first-boot';
  const grant = admitted(exchange, plane.sessions.admitOnce(kind, bearer(request), attempt), resource);
  if (grant.usedBy === null) {
    await alone(plane, grant, () => work(callerOf(exchange, grant), parseLines(body)));
    plane.sessions.use(grant, attempt);
    await plane.sessions.written();
  }
  answerNothing(exchange);
}

async function alone(plane: object, grant: Grant, work: () => Promise<void>): Promise<void> {
  const running = busy.get(plane) ?? new Set<string>();
  busy.set(plane, running);
  if (running.has(grant.hash))
    throw new BootHttpError(503, 'boot.busy', 'an earlier call with this token is not finished: try again');
  running.add(grant.hash);
  try {
    await work();
  } finally {
    running.delete(grant.hash);
  }
}

function callerOf({ address }: Exchange, { nodeId, bootId, mac }: Grant): NodeCaller {
  if (nodeId === null) throw new Error('a call-back token without a node');
  return { nodeId, bootId, mac, address };
}

function firstBootOf({ plane }: Exchange, lines: Lines): FirstBootReport {
  const uptime = millisecondsOf(lines, 'uptime-ms');
  return {
    hostname: firstValue(lines, 'hostname'),
    machineId: firstValue(lines, 'machine-id'),
    sshHostKeys: (lines.get('ssh-host-key') ?? []).map(hostKey),
    os: firstValue(lines, 'os'),
    marks: uptime === null ? [] : marksOf(lines, 'mark.', plane.now() - uptime),
  };
}

function hostKey(text: string): string {
  const match = /^((?:ssh|ecdsa|sk)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: .*)?$/.exec(text.trim());
  if (!match) throw badRequest('ssh-host-key: type and base64 are needed');
  return `${match[1]} ${match[2]}`;
}

function installedOf(lines: Lines): InstalledReport {
  const status = firstValue(lines, 'status');
  if (status !== 'done' && status !== 'failed') throw badRequest('status: done or failed');
  return { status, message: firstValue(lines, 'message')?.slice(0, 2000) ?? null };
}
