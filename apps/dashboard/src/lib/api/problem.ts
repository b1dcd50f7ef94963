import { ApiError } from '@halligan/api-client';
import type { Issue } from './types.ts';

/** An error as pages show it: what is wrong, what to do about it. */
export interface ShownProblem {
  code: string;
  message: string;
  remedy: string | null;
  issues: readonly Issue[];
}

/** Every thrown thing as one kind of error. */
export function asProblem(error: unknown): ShownProblem {
  if (error instanceof ApiError) {
    const { code, detail, remedy, issues } = error.problem;
    return { code, message: detail, remedy: remedy ?? null, issues: issues ?? [] };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'dashboard.fault', message, remedy: 'Reload the page.', issues: [] };
}

/** True when asking again unchanged cannot help. */
export function isPermanent(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
}
