import { Secret } from './secret.ts';
import { assertPayloadName, Script } from './shell/script.ts';

/** The time a step may take, per script, when its author does not say. */
export const DEFAULT_TIMEOUT_SECONDS = 120;

/** What a plan can show of a step beside its drift: the file it would write. */
export interface Preview {
  readonly path: string;
  /** Name of the payload file that holds the wanted content. */
  readonly payload: string;
}

/**
 * The smallest unit of work on a node, as data: POSIX shell text and files, nothing that runs on the admin server.
 *
 * - `check` changes nothing. It says on standard output, in words, how the node differs from what is wanted, and
 *   nothing at all when it does not. Leaving with another status than 0 means it could not tell: the step fails.
 * - `apply` runs only when `check` spoke. `check` runs again after it and must then be silent.
 * - `verify` proves more than `check` can (a port answers, a quorum holds), by the same rules. It changes nothing
 *   and runs every time, whether or not `apply` did.
 *
 * Scripts run as root in `/` with `HALLIGAN_FILES` naming the directory of `files`, and `HALLIGAN_ROOT` the
 * prefix of all paths (empty on a node).
 */
export interface Step {
  readonly name: string;
  readonly check: string;
  readonly apply: string;
  readonly verify?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly preview?: Preview;
  /** Values that are masked wherever the step's output goes. They may stand in `files` only. */
  readonly secrets: readonly string[];
}

/** What an author writes to make a {@link Step}. */
export interface StepDeclaration {
  readonly name: string;
  readonly check: Script;
  readonly apply: Script;
  readonly verify?: Script;
  readonly files?: Readonly<Record<string, string | Secret>>;
  readonly timeoutSeconds?: number;
  readonly preview?: Preview;
}

/**
 * Makes a step. Secret payload files are recorded as the step's secrets.
 *
 * @throws {TypeError} naming the step and what is wrong with it.
 */
export function step(declaration: StepDeclaration): Step {
  const { name, check, apply, verify, preview } = declaration;
  const files = Object.entries(declaration.files ?? {});
  if (name.trim() === '' || /[\t\n]/.test(name))
    throw new TypeError(`A step needs a name on one line, not "${name}".`);
  for (const [file] of files) assertPayloadName(file);
  return {
    name,
    check: check.text,
    apply: apply.text,
    ...(verify && { verify: verify.text }),
    files: Object.fromEntries(files.map(([file, content]) => [file, reveal(content)])),
    timeoutSeconds: wholeSeconds(name, declaration.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
    ...(preview && { preview }),
    secrets: files.flatMap(([, content]) => (content instanceof Secret ? [content.reveal()] : [])),
  };
}

function reveal(content: string | Secret): string {
  return content instanceof Secret ? content.reveal() : content;
}

function wholeSeconds(name: string, seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400) return seconds;
  throw new TypeError(
    `Step "${name}": timeoutSeconds must be a whole number from 1 to 86400, not ${seconds}.`,
  );
}
