import { ApiError } from '@halligan/api-client';

/** What the process says when it ends; scripts rely on these numbers. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  /** conflict, validation, stale plan */
  refused: 4,
  notAllowed: 5,
  /** the time allowed ran out before the thing waited for happened */
  stillWaiting: 6,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An outcome that is not an error of the API but ends the command with a code of its own. */
export class CommandEnded extends Error {
  readonly exitCode: ExitCode;
  readonly remedy: string | undefined;

  constructor(exitCode: ExitCode, message: string, remedy?: string) {
    super(message);
    this.name = 'CommandEnded';
    this.exitCode = exitCode;
    this.remedy = remedy;
  }
}

/** The exit code for anything a command throws. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandEnded) return error.exitCode;
  if (!(error instanceof ApiError)) return ExitCode.failed;
  switch (error.status) {
    case 400:
    case 409:
    case 412:
    case 422:
      return ExitCode.refused;
    case 401:
    case 403:
      return ExitCode.notAllowed;
    case 404:
      return ExitCode.notFound;
    default:
      return ExitCode.failed;
  }
}
