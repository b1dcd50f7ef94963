import { ApiError } from '@halligan/api-client';
import { CommandEnded } from '../exit-code.ts';
import { type Colours, colours } from './colour.ts';

export interface OutputOptions {
  json: boolean;
  colour: boolean;
  out: (text: string) => void;
  err: (text: string) => void;
}

/** Where a command's answer goes: people read text, scripts read one JSON value (or one a line while following). */
export class Output {
  readonly json: boolean;
  readonly c: Colours;
  readonly #options: OutputOptions;

  constructor(options: OutputOptions) {
    this.#options = options;
    this.json = options.json;
    this.c = colours(options.colour);
  }

  /** The command's answer. */
  answer(value: unknown, forPeople: (c: Colours) => string): void {
    const text = this.json ? JSON.stringify(value) : forPeople(this.c);
    if (text !== '') this.#options.out(`${text}\n`);
  }

  /** Something on the way to the answer; scripts do not see it. */
  progress(text: string): void {
    if (!this.json) this.#options.err(`${text}\n`);
  }

  /** What went wrong and what to do about it. */
  error(error: unknown): void {
    const { message, code, remedy, issues } = describe(error);
    if (this.json) {
      this.#options.err(`${JSON.stringify({ error: { code, message, remedy, issues } })}\n`);
      return;
    }
    this.#options.err(
      `${this.c.red('error')} ${message}${code === undefined ? '' : this.c.dim(` (${code})`)}\n`,
    );
    for (const issue of issues ?? []) {
      const hint = issue.remedy === undefined ? '' : this.c.dim(` – ${issue.remedy}`);
      this.#options.err(`  ${this.c.yellow(issue.path || '(whole)')}  ${issue.message}${hint}\n`);
    }
    if (remedy !== undefined) this.#options.err(`${this.c.cyan('remedy')} ${remedy}\n`);
  }
}

function describe(error: unknown) {
  if (error instanceof ApiError) {
    const { detail, code, remedy, issues } = error.problem;
    return { message: detail, code, remedy, issues };
  }
  if (error instanceof CommandEnded) return { message: error.message, remedy: error.remedy };
  return { message: error instanceof Error ? error.message : String(error) };
}
