# Runs one action and says how it went. Sourced after http.sh.

# report STATUS PERCENT PHASE MESSAGE: how the action stands. `done` and `failed` are repeated until the server has them.
report() {
  {
    pair status "$1"
    pair percent "$2"
    pair phase "$3"
    pair message "$4"
  } >"$STATE/report"
  case $1 in
    running) (ANSWER=$STATE/report.answer && call 10 POST "/agent/action/$ACTION_ID" "$STATE/report") ;;
    *) send POST "/agent/action/$ACTION_ID" "$STATE/report" || log "the server refused the outcome: status $status" ;;
  esac
}

# fail WHY: ends the action; the reason reaches the operator.
fail() {
  echo "$*" >"$STATE/failure"
  exit 1
}

# parameter NAME: one value of the action, or nothing.
parameter() {
  value_of "$1" "$ACTION" || :
}

# run_action FILE: the file holds the action's `key=value` lines. Unknown kinds are refused, not guessed.
run_action() {
  ACTION=$1
  ACTION_ID=$(parameter id)
  kind=$(parameter kind)
  case $ACTION_ID in '' | *[!A-Za-z0-9-]*) log 'an action without a proper id was ignored' && return 0 ;; esac
  rm -f "$STATE/failure"
  log "action $kind"
  case $kind in
    wipe | install-image)
      report running 0 start "$kind"
      set -o pipefail
      ( set -eu; . "$LIB/$kind.sh"; run ) 2>&1 | log_lines
      outcome=$?
      set +o pipefail
      ;;
    report) post_inventory_again && outcome=0 ;;
    reboot | power-off) outcome=0 ;;
    *) outcome=1 && echo "this agent knows no action ${kind}" >"$STATE/failure" ;;
  esac
  if [ "$outcome" = 0 ]; then
    report done 100 done "$kind"
  else
    reason=$(cat "$STATE/failure" 2>/dev/null || echo "$kind ended with $outcome, see the console log")
    log "$kind failed: $reason"
    report failed 0 "$(cat "$STATE/phase" 2>/dev/null || echo start)" "$reason"
  fi
  post_marks
  case $kind in
    reboot) sync && reboot -f ;;
    power-off) sync && poweroff -f ;;
  esac
}

post_inventory_again() {
  "$LIB/inventory" >"$STATE/inventory.json"
  send POST /agent/inventory "$STATE/inventory.json" application/json
}
