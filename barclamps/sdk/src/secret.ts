const SHOWN = '•••';

/** A value that must not be seen: it prints as dots wherever it is logged, joined or turned into JSON. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one place that must send it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}

/** Marks a value as secret; see {@link Secret}. */
export function secret(value: string): Secret {
  return new Secret(value);
}
