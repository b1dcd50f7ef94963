import type { Script } from '../shell/script.ts';
import { sh } from '../shell/sh.ts';

/**
 * A check for something that takes its time: `check` is asked again each second until it is silent and content,
 * at most `seconds` long by the node's own clock; then its last words are the answer.
 */
export function eventually(seconds: number, check: Script): Script {
  return sh`
    ask() {
      ${check}
    }
    read -r up rest </proc/uptime
    deadline=$((\${up%.*} + ${seconds}))
    while :; do
      said=$(ask 2>&1) && [ -z "$said" ] && exit 0
      read -r up rest </proc/uptime
      [ "\${up%.*}" -lt "$deadline" ] || break
      sleep 1
    done
    printf '%s\\n' "\${said:-it failed without a word}"`;
}
