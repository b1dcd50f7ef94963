import type { Issue } from './problem.dto.ts';

/** An expected refusal of a request: what is wrong, under a stable code, and what to do about it. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string | undefined;
  readonly issues: Issue[] | undefined;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { remedy?: string; issues?: Issue[]; retryAfter?: number } = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.remedy = more.remedy;
    this.issues = more.issues;
    this.retryAfter = more.retryAfter;
  }
}
