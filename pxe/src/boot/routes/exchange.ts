import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BootBackend, Refusal } from '../backend.ts';
import { BootHttpError } from '../http/boot-http-error.ts';
import type { FileCache } from '../http/file-cache.ts';
import type { BootSessions } from '../sessions/boot-sessions.ts';
import type { Admission, Grant } from '../sessions/grant.ts';

/** What every handler works with. */
export interface BootPlane {
  backend: BootBackend;
  sessions: BootSessions;
  files: FileCache;
  /** Where nodes reach this server, without a trailing slash. */
  origin: string;
  /** Absolute path of a public loader, or null. */
  loader: (name: string) => string | null;
  now: () => number;
}

/** One request and its answer. */
export interface Exchange {
  plane: BootPlane;
  request: IncomingMessage;
  response: ServerResponse;
  /** Path segments that stand for a value, by name. */
  params: Readonly<Record<string, string>>;
  /** The client's address. */
  address: string;
}

export type Handler = (exchange: Exchange) => Promise<void>;

/** A path parameter of this route. */
export function param(exchange: Exchange, name: string): string {
  const value = exchange.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

/** The grant, or a 403 with an audit line that says why. */
export function admitted(exchange: Exchange, admission: Admission, resource: string): Grant {
  if (!('refused' in admission)) return admission.grant;
  const { grant, refused } = admission;
  const refusal: Refusal = {
    reason: refused,
    resource,
    address: exchange.address,
    mac: grant?.mac ?? null,
    nodeId: grant?.nodeId ?? null,
    bootId: grant?.bootId ?? null,
  };
  exchange.plane.backend.observer.refused(refusal);
  throw new BootHttpError(403, 'boot.forbidden', 'this token does not allow that');
}

/** The token of `Authorization: Bearer …`, or an empty string that no grant matches. */
export function bearer(request: IncomingMessage): string {
  return /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** Answers with text that nobody may keep. */
export function answerText(
  exchange: Exchange,
  status: number,
  text: string,
  contentType = 'text/plain',
): void {
  const { request, response } = exchange;
  response.writeHead(status, {
    'Content-Type': `${contentType}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

export function answerNothing(exchange: Exchange): void {
  exchange.response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
}
