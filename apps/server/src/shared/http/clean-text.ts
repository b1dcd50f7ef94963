import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from '../problem.error.ts';
import { sendProblem } from './problem.filter.ts';

/** A NUL, or half a surrogate pair: no name or description has one, and PostgreSQL stores neither. */
const UNCLEAN = /\0|\p{Surrogate}/u;

/** Express middleware behind the body parser: refuses requests whose path, query or body is not clean text. */
export function requireCleanText(request: Request, response: Response, next: NextFunction): void {
  const where = unclean(request);
  if (where === null) next();
  else
    sendProblem(
      response,
      new ProblemError(400, 'request.unclean_text', `${where}: it contains a NUL or half a surrogate pair.`, {
        remedy: 'Send text in UTF-8 without control characters.',
      }),
    );
}

function unclean(request: Request): string | null {
  if (/%00/.test(request.originalUrl)) return 'url';
  const todo: Item[] = [{ value: request.body, path: 'body' }];
  for (let item = todo.pop(); item !== undefined; item = todo.pop()) {
    const { value, path } = item;
    if (typeof value === 'string' && UNCLEAN.test(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    if (Object.keys(value).some((key) => UNCLEAN.test(key))) return path;
    todo.push(...within(value, path));
  }
  return null;
}

interface Item {
  value: unknown;
  path: string;
}

/** The path tells where to look; past 200 letters it helps nobody. */
function within(value: object, path: string): Item[] {
  return Object.entries(value).map(([key, inner]) => ({
    value: inner,
    path: path.length < 200 ? `${path}.${key}` : path,
  }));
}
