import { STATUS_CODES } from 'node:http';
import { isStorageFull, isUniqueViolation } from '@halligan/db';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Problem } from '../problem.dto.ts';
import { ProblemError } from '../problem.error.ts';

/** Turns whatever was thrown into RFC 9457 problem details; the one place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const known = asProblemError(error);
    if (known === null) {
      this.#log.error({
        msg: 'A request failed unexpectedly',
        method: request.method,
        path: request.path,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendProblem(response, known ?? UNEXPECTED);
  }
}

const UNEXPECTED = new ProblemError(500, 'server.unexpected', 'Something went wrong in the server.', {
  remedy: 'Look into the log of the api process (logs/api.log in the data folder) and report it.',
});

export const STORAGE_FULL = new ProblemError(
  507,
  'storage.full',
  'The disk that holds the data folder is full; nothing was changed.',
  { remedy: 'Free space on it (see GET /system for how much is left), then try again.' },
);

/** Answers a request with a problem, also outside of Nest's own handlers. */
export function sendProblem(response: Response, error: ProblemError): void {
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    ...(error.issues === undefined ? {} : { issues: error.issues }),
  };
  if (error.retryAfter !== undefined) response.setHeader('Retry-After', String(error.retryAfter));
  response.status(error.status).type('application/problem+json').send(JSON.stringify(problem));
}

function asProblemError(error: unknown): ProblemError | null {
  if (error instanceof ProblemError) return error;
  if (isStorageFull(error)) return STORAGE_FULL;
  if (isUniqueViolation(error))
    return new ProblemError(409, 'conflict', 'Something with the same name exists already.', {
      remedy: 'Choose another name.',
    });
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error.message);
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (error instanceof Error && typeof status === 'number' && status >= 400 && status < 500)
    return ofStatus(status, error.message);
  return null;
}

/** Errors of the framework: an unknown route, a body that is no JSON or too large. */
function ofStatus(status: number, message: string): ProblemError {
  const codes: Record<number, string> = {
    400: 'request.malformed',
    404: 'route.not_found',
    413: 'request.too_large',
  };
  return new ProblemError(status, codes[status] ?? `http.${status}`, message);
}
