/** Stable codes of everything that can go wrong while an artifact is built. */
export type ImageErrorCode =
  | 'image.command_failed'
  | 'image.command_missing'
  | 'image.no_debian_source'
  | 'image.unknown_package'
  | 'image.missing_file'
  | 'image.bad_kernel_module'
  | 'image.unsupported_suite';

/** A build that could not be finished; the message names the remedy. */
export class ImageError extends Error {
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ImageError';
    this.code = code;
  }
}
