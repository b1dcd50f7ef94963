/** A boot env lacks something and cannot be served now; the message names it and the remedy. */
export class NotReadyError extends Error {
  readonly code = 'boot_env.not_ready';
}
