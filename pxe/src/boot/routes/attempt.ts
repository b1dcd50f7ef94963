import type { IncomingMessage } from 'node:http';
import { badRequest } from '../http/boot-http-error.ts';
import type { Attempt } from '../sessions/boot-sessions.ts';

/** A single-use call names its attempt, so that it can be repeated until its answer arrived. @throws BootHttpError 400 without one */
export function attemptOf(request: IncomingMessage, body: string): Attempt {
  const id = request.headers['x-attempt-id'];
  if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{8,128}$/.test(id)) {
    throw badRequest('X-Attempt-Id: 8 to 128 letters, digits, hyphens or underscores are needed');
  }
  return { id, body };
}
