import type { ActionReport, NodeCaller } from '../backend.ts';
import { badRequest, notFound } from '../http/boot-http-error.ts';
import { encodeLines, firstValue, type Lines, parseLines } from '../http/lines.ts';
import { readBody, readText } from '../http/read-body.ts';
import { queryValue } from '../http/request-path.ts';
import { sendFile } from '../http/send-file.ts';
import type { Grant } from '../sessions/grant.ts';
import { admitted, answerNothing, answerText, bearer, type Exchange, param } from './exchange.ts';
import { marksOf } from './marks.ts';

const longestWait = 60;

/** `POST /agent/inventory`: what the machine is, as JSON. */
export async function agentInventory(exchange: Exchange): Promise<void> {
  const { caller, grant } = admitAgent(exchange, 'agent/inventory');
  const { plane, request } = exchange;
  const body = await readText(request, 2 * 1024 * 1024);
  const { nodeId } = await plane.backend.agents.inventory(caller, parseJson(body));
  if (nodeId !== caller.nodeId) plane.sessions.rebind(grant, nodeId);
  answerNothing(exchange);
}

/** `GET /agent/action?wait=25`: what to do next; waiting here is the heartbeat. */
export async function nextAction(exchange: Exchange): Promise<void> {
  const { caller, grant } = admitAgent(exchange, 'agent/action');
  const { plane, request, response } = exchange;
  const wait = Math.min(Number(queryValue(request.url ?? '', 'wait') ?? 0) || 0, longestWait);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const tokens = {
    origin: plane.origin,
    firstBootToken: () => plane.sessions.mint('first-boot', { ...grant, nodeId: caller.nodeId }),
  };
  const action = await plane.backend.agents.nextAction(caller, tokens, Math.max(0, wait) * 1000, gone.signal);
  if (!action) return answerNothing(exchange);
  await plane.sessions.written();
  answerText(exchange, 200, encodeLines([['id', action.id], ['kind', action.kind], ...action.params]));
}

/** `POST /agent/action/<id>`: how far it has come. */
export async function reportAction(exchange: Exchange): Promise<void> {
  const { caller } = admitAgent(exchange, 'agent/action');
  const lines = parseLines(await readText(exchange.request, 64 * 1024));
  await exchange.plane.backend.agents.report(caller, param(exchange, 'id'), reportOf(lines));
  answerNothing(exchange);
}

/** `GET /agent/image/<name>`: a root file system to unpack. */
export async function agentImage(exchange: Exchange): Promise<void> {
  const { caller } = admitAgent(exchange, 'agent/image');
  const { plane, request, response } = exchange;
  const path = await plane.backend.agents.image(caller, param(exchange, 'name'));
  const file = path ? await plane.files.find(path) : null;
  if (!file) throw notFound();
  await sendFile(request, response, file);
}

/** `POST /agent/marks`: moments since the kernel started. */
export async function agentMarks(exchange: Exchange): Promise<void> {
  const { caller, grant } = admitAgent(exchange, 'agent/marks');
  const lines = parseLines(await readText(exchange.request, 64 * 1024));
  const startedAt = grant.kernelStartedAt;
  if (startedAt === null) throw badRequest('marks need uptime-ms in POST /agent/session');
  await exchange.plane.backend.agents.marks(caller, marksOf(lines, '', startedAt));
  answerNothing(exchange);
}

/** `POST /agent/console`: a piece of the node's console, as it is. */
export async function agentConsole(exchange: Exchange): Promise<void> {
  const { caller } = admitAgent(exchange, 'agent/console');
  const text = (await readBody(exchange.request, 512 * 1024)).toString('utf8');
  if (text !== '') await exchange.plane.backend.agents.console(caller, text);
  answerNothing(exchange);
}

function admitAgent(exchange: Exchange, resource: string): { caller: NodeCaller; grant: Grant } {
  const grant = admitted(
    exchange,
    exchange.plane.sessions.admit('session', bearer(exchange.request)),
    resource,
  );
  const { bootId, mac, nodeId } = grant;
  if (nodeId === null) throw new Error('a session without a node');
  return { grant, caller: { nodeId, bootId, mac, address: exchange.address } };
}

function reportOf(lines: Lines): ActionReport {
  const status = firstValue(lines, 'status');
  if (status !== 'running' && status !== 'done' && status !== 'failed')
    throw badRequest('status: running, done or failed');
  const percent = firstValue(lines, 'percent');
  if (percent !== null && !/^(100|\d{1,2})$/.test(percent)) throw badRequest('percent: 0 to 100');
  return {
    status,
    percent: percent === null ? null : Number(percent),
    phase: firstValue(lines, 'phase')?.slice(0, 64) ?? null,
    message: firstValue(lines, 'message')?.slice(0, 2000) ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`not JSON: ${(error as Error).message}`);
  }
}
