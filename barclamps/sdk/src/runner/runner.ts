import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The runner's program text; see runner.sh for what it does. */
export const runnerSource = readFileSync(new URL('../../src/runner/runner.sh', import.meta.url), 'utf8');

/** Identifies the program: a node holds each version once, under this name. */
export const runnerHash = createHash('sha256').update(runnerSource).digest('hex').slice(0, 16);

/** Where the program lies on a node. */
export const runnerPath = `/var/lib/halligan/runner/${runnerHash}`;

/** Status with which the runner leaves; see runner.sh. */
export const RunnerStatus = { done: 0, failed: 1, noSuchRun: 3, abandoned: 4, brokenBundle: 5 } as const;

/**
 * Shell text that installs the program from standard input, once per version. It does nothing when this version is
 * there, and never leaves half a program behind.
 */
export const installRunnerCommand = [
  `[ -s ${runnerPath} ] && exit 0`,
  'umask 077',
  'mkdir -p /var/lib/halligan/runner || exit 1',
  `cat >${runnerPath}.$$ || exit 1`,
  `[ "$(sha256sum <${runnerPath}.$$ | cut -c 1-16)" = ${runnerHash} ] || { rm -f ${runnerPath}.$$; exit 5; }`,
  `sync; mv ${runnerPath}.$$ ${runnerPath}`,
].join('; ');

/** Shell text that calls the installed runner. */
export function runnerCommand(verb: 'start' | 'attach' | 'cancel' | 'plan', id: string, offset = 0): string {
  if (!/^[A-Za-z0-9-]+$/.test(id))
    throw new TypeError(`"${id}" is no run id: letters, digits and dashes only.`);
  return `sh ${runnerPath} ${verb} ${id} ${Math.trunc(offset)}`;
}
