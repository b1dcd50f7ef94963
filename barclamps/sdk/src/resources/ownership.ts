import type { NodePath, Script } from '../shell/script.ts';
import { sh } from '../shell/sh.ts';

/** Who may do what with a file or directory. */
export interface Ownership {
  /** Octal, as chmod takes it: `0644`. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** Fills the gaps of an author's choice and refuses what chmod and chown would not take. */
export function ownership(wanted: Partial<Ownership>, defaultMode: string): Ownership {
  const { mode = defaultMode, owner = 'root', group = 'root' } = wanted;
  if (!/^0?[0-7]{3,4}$/.test(mode)) throw new TypeError(`Mode "${mode}" is not octal: write it like 0644.`);
  return { mode, owner, group };
}

/** Shell text that says in words where owner, group or mode of `path` differ. */
export function ownershipDrift(path: NodePath, { mode, owner, group }: Ownership): Script {
  const wanted = `${Number.parseInt(mode, 8).toString(8)} ${owner} ${group}`;
  return sh`
    now=$(stat -c '%a %U %G' ${path})
    [ "$now" = ${wanted} ] || printf '%s: mode, owner and group are "%s", wanted "%s"\\n' ${path.path} "$now" ${wanted}`;
}

/** Shell text that sets owner, group and mode of the file the shell word `target` names. */
export function setOwnership(target: Script, { mode, owner, group }: Ownership): Script {
  return sh`chown ${`${owner}:${group}`} ${target} && chmod ${mode} ${target}`;
}
