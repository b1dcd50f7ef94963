import { quote } from './quote.ts';

/** POSIX shell text that was built by {@link sh}, so every value in it is known to be quoted. */
export class Script {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/**
 * An absolute path on the node. It renders with the root prefix of the runner in front, which is empty on a
 * node and a scratch directory under test, so the same step runs in both.
 */
export class NodePath extends Script {
  readonly path: string;

  constructor(path: string) {
    super(`"$HALLIGAN_ROOT"${quote(path)}`);
    this.path = path;
  }
}

/**
 * Marks `path` as a path on the node.
 *
 * @throws {TypeError} when it is not absolute or climbs with `..`.
 */
export function nodePath(path: string): NodePath {
  if (!path.startsWith('/') || path.split('/').includes('..')) {
    throw new TypeError(`"${path}" is not an absolute path without "..": write it from the root.`);
  }
  return new NodePath(path);
}

const PAYLOAD_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * The shell word for a payload file of the step, as it lies on the node in private memory while the step runs.
 *
 * @throws {TypeError} when the name is not lower case letters, digits, dot, underscore and dash.
 */
export function payload(name: string): Script {
  assertPayloadName(name);
  return new Script(`"$HALLIGAN_FILES"/${quote(name)}`);
}

/** Refuses a payload name that could leave the step's own directory. */
export function assertPayloadName(name: string): void {
  if (PAYLOAD_NAME.test(name)) return;
  throw new TypeError(`Payload file name "${name}" must match ${PAYLOAD_NAME.source}; choose another.`);
}
