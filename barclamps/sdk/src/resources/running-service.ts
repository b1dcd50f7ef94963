import { nodePath, type Script } from '../shell/script.ts';
import { sh } from '../shell/sh.ts';
import { type Step, step } from '../step.ts';

/** Choices for {@link runningService}. */
export interface ServiceOptions {
  /** Files the service reads at its start: when one of them changes, the service is restarted. */
  readonly readsFrom?: readonly string[];
  /** Proof that the service does its work; see `verify` of a step. */
  readonly verify?: Script;
  readonly timeoutSeconds?: number;
}

const STAMPS = '/var/lib/halligan/services';

/**
 * The service runs, starts at boot, and has read its present configuration. The last is known from a stamp with
 * the fingerprint of the files, written after the restart: dying anywhere in between costs one restart too
 * many, never one too few.
 */
export function runningService(name: string, options: ServiceOptions = {}): Step {
  const stamp = nodePath(`${STAMPS}/${name}`);
  const reads = (options.readsFrom ?? []).map(nodePath);
  const fingerprint = sh`$(cat /dev/null ${reads} | cksum)`;
  return step({
    name: `service ${name} runs`,
    check: sh`
      systemctl is-enabled --quiet ${name} || printf 'service %s does not start at boot\\n' ${name}
      systemctl is-active --quiet ${name} || printf 'service %s does not run\\n' ${name}
      now=${fingerprint}
      read_last=$(cat ${stamp} 2>/dev/null) || read_last=never
      [ "$now" = "$read_last" ] || printf 'service %s has not read its present configuration\\n' ${name}`,
    apply: sh`
      set -e
      now=${fingerprint}
      systemctl daemon-reload
      systemctl enable --quiet ${name}
      if ! { systemctl restart ${name} && systemctl is-active --quiet ${name}; }; then
        systemctl status --no-pager --full --lines=20 ${name} || :
        exit 1
      fi
      mkdir -p ${nodePath(STAMPS)}
      printf '%s\\n' "$now" >${stamp}.new
      mv -f ${stamp}.new ${stamp}`,
    ...(options.verify && { verify: options.verify }),
    timeoutSeconds: options.timeoutSeconds ?? 180,
  });
}
