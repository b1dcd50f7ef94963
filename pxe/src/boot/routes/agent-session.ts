import type { AgentHello } from '../backend.ts';
import { badRequest } from '../http/boot-http-error.ts';
import { encodeLines, firstValue, type Lines, millisecondsOf, parseLines } from '../http/lines.ts';
import { readText } from '../http/read-body.ts';
import type { Grant } from '../sessions/grant.ts';
import { attemptOf } from './attempt.ts';
import { admitted, answerText, bearer, type Exchange } from './exchange.ts';

/** `POST /agent/session`: the discovery system turns its one-time token into a session. */
export async function agentSession(exchange: Exchange): Promise<void> {
  const { plane, request } = exchange;
  const token = bearer(request);
  const body = await readText(request, 16 * 1024);
  const attempt = attemptOf(request, body);
  const grant = admitted(exchange, plane.sessions.admitOnce('agent', token, attempt), 'agent/session');
  const hello = helloOf(exchange, grant, parseLines(body));
  const { nodeId, nodeName } = await plane.backend.agents.session(hello);
  const session = plane.sessions.exchange(token, grant, attempt, {
    nodeId,
    kernelStartedAt: hello.kernelStartedAt,
  });
  await plane.sessions.written();
  const epoch = String(Math.trunc(plane.now() / 1000));
  answerText(
    exchange,
    200,
    encodeLines([
      ['session', session],
      ['node', nodeName],
      ['ntp-epoch', epoch],
    ]),
  );
}

function helloOf({ plane, address }: Exchange, grant: Grant, lines: Lines): AgentHello {
  const firmware = firstValue(lines, 'firmware');
  if (firmware !== null && firmware !== 'bios' && firmware !== 'uefi')
    throw badRequest('firmware: bios or uefi');
  const elapsed = millisecondsOf(lines, 'uptime-ms');
  return {
    bootId: grant.bootId,
    mac: grant.mac,
    address,
    uuid: firstValue(lines, 'uuid'),
    serial: firstValue(lines, 'serial'),
    firmware,
    arch: firstValue(lines, 'arch'),
    kernelStartedAt: elapsed === null ? null : plane.now() - elapsed,
  };
}
