import { sh } from '../shell/sh.ts';
import { type Step, step } from '../step.ts';

/** Choices for {@link installedPackage}. */
export interface PackageOptions {
  /** Time for one installation, 1800 s unless told: a slow mirror is no failure. */
  readonly timeoutSeconds?: number;
}

const APT = [
  'apt-get',
  '-q',
  '-y',
  '-o',
  'DPkg::Lock::Timeout=600',
  '-o',
  'Acquire::Retries=3',
  '-o',
  'Acquire::http::Timeout=30',
];
const KEEP_OUR_FILES = ['-o', 'Dpkg::Options::=--force-confdef', '-o', 'Dpkg::Options::=--force-confold'];

/** The package is installed, in whatever version the node's repositories offer. */
export function installedPackage(name: string, options: PackageOptions = {}): Step {
  const install = sh`${[...APT, ...KEEP_OUR_FILES]} --no-install-recommends install ${name}`;
  return step({
    name: `package ${name} is installed`,
    check: sh`
      status=$(dpkg-query -W -f '\${db:Status-Abbrev}' ${name} 2>/dev/null) || status=none
      case $status in
        [ih]i*) ;;
        *) printf 'package %s is not installed\\n' ${name} ;;
      esac`,
    apply: sh`
      ${install} || { ${APT} update && ${install}; }`,
    timeoutSeconds: options.timeoutSeconds ?? 1800,
  });
}
