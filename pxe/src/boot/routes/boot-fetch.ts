import { finished } from 'node:stream/promises';
import type { BootContext } from '../backend.ts';
import { notFound } from '../http/boot-http-error.ts';
import { sendFile } from '../http/send-file.ts';
import type { Grant } from '../sessions/grant.ts';
import { admitted, answerText, type BootPlane, type Exchange, param } from './exchange.ts';

/** `GET /boot/<token>/ipxe`: what to boot now, decided this moment. */
export async function bootScript(exchange: Exchange): Promise<void> {
  const grant = admitFetch(exchange, 'ipxe');
  if (isHead(exchange)) return answerText(exchange, 200, '');
  const { plane } = exchange;
  begin(plane, grant, 'ipxe');
  const decided = await plane.backend.decider.script(bootContext(exchange, grant));
  const files = Object.entries(decided.files).map(([name, path]) => [`f/${name}`, path] as const);
  const installFile = decided.installFile ? { 'install-file': null } : {};
  plane.sessions.allow(grant, { ...Object.fromEntries(files), ...installFile });
  await sendOnce(exchange, grant, 'ipxe', decided.script, 'text/plain');
}

/** `GET /boot/<token>/install-file`: rendered now, with tokens minted now. */
export async function installFile(exchange: Exchange): Promise<void> {
  const grant = admitFetch(exchange, 'install-file');
  if (isHead(exchange)) return answerText(exchange, 200, '');
  const { plane } = exchange;
  begin(plane, grant, 'install-file');
  const file = await plane.backend.decider.installFile(bootContext(exchange, grant));
  await sendOnce(exchange, grant, 'install-file', file.text, file.contentType);
}

/** `GET /boot/<token>/f/<name>`: a kernel, an initial file system, a loader. */
export async function bootFile(exchange: Exchange): Promise<void> {
  const name = `f/${param(exchange, 'name')}`;
  const grant = admitFetch(exchange, name);
  const { plane, request, response } = exchange;
  const path = grant.resources[name]?.path;
  const file = path ? await plane.files.find(path) : null;
  if (!file) throw notFound();
  if (!isHead(exchange)) begin(plane, grant, name);
  const sent = await sendFile(request, response, file);
  if (sent.complete) complete(plane, grant, name, sent.bytes);
}

/** `GET /loaders/<name>`: boot loaders hold no secret. */
export async function loader(exchange: Exchange): Promise<void> {
  const { plane, request, response } = exchange;
  const path = plane.loader(param(exchange, 'name'));
  const file = path ? await plane.files.find(path) : null;
  if (!file) throw notFound();
  await sendFile(request, response, file);
}

function admitFetch(exchange: Exchange, resource: string): Grant {
  const admission = exchange.plane.sessions.admitFetch(param(exchange, 'token'), resource);
  return admitted(exchange, admission, `boot/${resource}`);
}

function isHead(exchange: Exchange): boolean {
  return exchange.request.method === 'HEAD';
}

function begin(plane: BootPlane, grant: Grant, resource: string): void {
  plane.sessions.fetching(grant, resource);
  observe(plane, grant, resource, 'begun', 0);
}

function complete(plane: BootPlane, grant: Grant, resource: string, bytes: number): void {
  plane.sessions.fetched(grant, resource);
  observe(plane, grant, resource, 'done', bytes);
}

function observe(
  plane: BootPlane,
  grant: Grant,
  resource: string,
  stage: 'begun' | 'done',
  bytes: number,
): void {
  const { bootId, mac } = grant;
  plane.backend.observer.served({ bootId, mac, resource, stage, at: plane.now(), bytes });
}

/** Sends a rendered text, which is used up when it went out whole. */
async function sendOnce(
  exchange: Exchange,
  grant: Grant,
  resource: string,
  text: string,
  contentType: string,
): Promise<void> {
  const { plane, response } = exchange;
  await plane.sessions.written();
  answerText(exchange, 200, text, contentType);
  const whole = await finished(response).then(
    () => true,
    () => false,
  );
  if (whole) complete(plane, grant, resource, Buffer.byteLength(text));
}

function bootContext(exchange: Exchange, grant: Grant): BootContext {
  const { plane, address } = exchange;
  const { bootId, mac } = grant;
  const here = `${plane.origin}/boot/${param(exchange, 'token')}`;
  return {
    bootId,
    mac,
    address,
    origin: plane.origin,
    fileUrl: (name) => `${here}/f/${encodeURIComponent(name)}`,
    installFileUrl: `${here}/install-file`,
    agentToken: () => plane.sessions.mint('agent', { bootId, mac, nodeId: null }),
    installToken: (nodeId) => plane.sessions.mint('install', { bootId, mac, nodeId }),
    firstBootToken: (nodeId) => plane.sessions.mint('first-boot', { bootId, mac, nodeId }),
  };
}
