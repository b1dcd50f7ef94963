/** How the value of an option is laid out in its bytes. */
export interface OptionFormat<Value> {
  /** Throws an OptionError when the bytes cannot hold such a value. */
  decode(bytes: Buffer): Value;
  encode(value: Value): Buffer;
}

/** One entry of the option table: a code, its name and its layout. */
export interface OptionDefinition<Value> {
  readonly code: number;
  readonly name: string;
  readonly format: OptionFormat<Value>;
}

/** The bytes of an option do not have the length or content its definition asks for. */
export class OptionError extends Error {
  readonly code = 'dhcp.bad_option';
}

/** Refuses bytes whose length is not exactly `expected`. */
export function requireLength(bytes: Buffer, expected: number): void {
  if (bytes.length !== expected) throw new OptionError(`length ${bytes.length}, expected ${expected}`);
}

/** Refuses empty bytes and those whose length is not a multiple of `unit`. */
export function requireMultiple(bytes: Buffer, unit: number): void {
  if (bytes.length === 0 || bytes.length % unit !== 0) {
    throw new OptionError(`length ${bytes.length}, expected a multiple of ${unit} above 0`);
  }
}
