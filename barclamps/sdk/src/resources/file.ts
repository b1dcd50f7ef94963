import { posix } from 'node:path';
import { Secret } from '../secret.ts';
import { nodePath, payload } from '../shell/script.ts';
import { sh } from '../shell/sh.ts';
import { type Step, step } from '../step.ts';
import { type Ownership, ownership, ownershipDrift, setOwnership } from './ownership.ts';

/**
 * The file has exactly this content, mode and owner. It is replaced in one movement, so a reader sees the old
 * file or the new one; missing directories above it are made. A {@link Secret} content is never shown: not in drift, not in a plan.
 */
export function file(path: string, content: string | Secret, options: Partial<Ownership> = {}): Step {
  const target = nodePath(path);
  const wanted = ownership(options, content instanceof Secret ? '0600' : '0644');
  const fresh = sh`"$new"`;
  return step({
    name: `file ${path}`,
    files: { content },
    check: sh`
      if [ -L ${target} ] || { [ -e ${target} ] && [ ! -f ${target} ]; }; then
        printf '%s is not a regular file\\n' ${path}
      elif [ ! -e ${target} ]; then
        printf '%s does not exist\\n' ${path}
      else
        cmp -s ${payload('content')} ${target} || printf '%s has other content\\n' ${path}
        ${ownershipDrift(target, wanted)}
      fi`,
    apply: sh`
      set -e
      if [ -d ${target} ] && [ ! -L ${target} ]; then
        echo ${`${path} is a directory; move it away first`} >&2
        exit 1
      fi
      mkdir -p ${nodePath(posix.dirname(path))}
      new=$(mktemp ${nodePath(posix.join(posix.dirname(path), `.${posix.basename(path)}.XXXXXX`))})
      trap 'rm -f "$new"' EXIT
      cat ${payload('content')} >"$new"
      ${setOwnership(fresh, wanted)}
      sync "$new" || sync
      mv -f "$new" ${target}`,
    ...(content instanceof Secret ? {} : { preview: { path, payload: 'content' } }),
  });
}
