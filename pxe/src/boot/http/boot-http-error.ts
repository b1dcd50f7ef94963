/** A refusal as the boot plane says it: a status and one line of plain text. */
export class BootHttpError extends Error {
  constructor(
    readonly status: number,
    /** Stable, for example `boot.not_found`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'BootHttpError';
  }
}

export const notFound = () => new BootHttpError(404, 'boot.not_found', 'nothing here');

export const badRequest = (message: string) => new BootHttpError(400, 'boot.bad_request', message);
