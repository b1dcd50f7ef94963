/** A value that a language has no way to say: which field, why, and what to write instead. */
export class EncodingError extends Error {
  readonly code = 'boot_env.cannot_encode';

  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(`${field}: ${reason}`);
    this.name = 'EncodingError';
  }
}

/** Whether a text holds control characters, line ends of any script among them. */
export function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
