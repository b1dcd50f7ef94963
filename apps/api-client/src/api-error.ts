import type { Schemas } from './types.ts';

type Problem = Schemas['Problem'];

/** An answer of the API that says no, or no answer at all (`status` 0, code `api.unreachable`). */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'ApiError';
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** The error for an answer whose body may or may not be problem+json (RFC 9457). */
  static fromAnswer(status: number, body: unknown): ApiError {
    if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
      return new ApiError(body as Problem);
    }
    const detail =
      typeof body === 'string' && body !== '' ? body.slice(0, 500) : `The server answered ${status}.`;
    return new ApiError({
      type: 'about:blank',
      title: 'Unexpected answer',
      status,
      code: 'api.unexpected',
      detail,
    });
  }

  /** The error for a request that got no answer. */
  static unreachable(baseUrl: string, cause: unknown): ApiError {
    const why = cause instanceof Error ? deepestMessage(cause) : String(cause);
    return new ApiError(
      {
        type: 'about:blank',
        title: 'Server not reached',
        status: 0,
        code: 'api.unreachable',
        detail: `No answer from ${baseUrl}: ${why}`,
        remedy: 'Check that `halligan server` runs and that the address is right.',
      },
      { cause },
    );
  }
}

function deepestMessage(error: Error): string {
  return error.cause instanceof Error ? deepestMessage(error.cause) : error.message;
}
