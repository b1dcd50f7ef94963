import type { Issue, Problem } from './types.ts';

/** An error answer of the API: `message` says what is wrong, `remedy` what to do about it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly remedy: string | null;
  readonly issues: readonly Issue[];

  constructor(problem: Partial<Problem> & { status: number }) {
    super(problem.detail ?? problem.title ?? `The server answered with status ${problem.status}.`);
    this.status = problem.status;
    this.code = problem.code ?? `http.${problem.status}`;
    this.remedy = problem.remedy ?? null;
    this.issues = problem.issues ?? [];
  }

  /** True when asking again unchanged cannot help. */
  get permanent(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429;
  }
}

/** The network failed before an answer came. */
export function unreachable(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'client.unreachable',
    detail: 'The Halligan server does not answer.',
    remedy:
      'Check that the server is running and that this browser can reach it. The page tries again by itself.',
  });
}

/** Every thrown thing as an ApiProblem, so that pages show one kind of error. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiProblem({ status: -1, code: 'client.unexpected', detail });
}
