import { nodePath } from '../shell/script.ts';
import { sh } from '../shell/sh.ts';
import { type Step, step } from '../step.ts';
import { type Ownership, ownership, ownershipDrift, setOwnership } from './ownership.ts';

/** The directory exists with this mode and owner; missing parents are made with the defaults. */
export function directory(path: string, options: Partial<Ownership> = {}): Step {
  const target = nodePath(path);
  const wanted = ownership(options, '0755');
  return step({
    name: `directory ${path}`,
    check: sh`
      if [ ! -d ${target} ]; then
        printf '%s is not a directory\\n' ${path}
      else
        ${ownershipDrift(target, wanted)}
      fi`,
    apply: sh`
      mkdir -p ${target} &&
      ${setOwnership(target, wanted)}`,
  });
}
