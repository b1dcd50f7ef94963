#!/bin/sh
# Halligan's step runner: runs the steps of one node run, journals what came of each, and lets anyone read along.
#
#   runner start ID [OFFSET]   bundle (tar) on standard input: unpack, run detached, then attach
#   runner attach ID [OFFSET]  print the journal from byte OFFSET until the run has finished
#   runner cancel ID           stop the run: the step at work is killed, no further one begins
#   runner plan ID             bundle on standard input: run the checks alone and print what they say
#
# Status: 0 the last line printed ends the run; 3 no such run; 4 the run is unfinished and nobody works on it
# (start it again with its bundle: finished steps are not applied again); 5 the bundle is not whole; 1 anything else.
#
# Plain POSIX sh, tried with dash and busybox. Beyond a shell it needs tar, setsid, timeout, flock, stat, sync, tail, find.
# What steps are given, secrets among it, lies in private memory (tmpfs) and goes when the run ends; the journal on
# disk holds masked output only. Descriptor 9 is the run's lock (held as long as the runner lives, so waiting for it
# tells at once that the runner died), descriptor 8 the node's (one run at a time changes a node).
set -u
umask 077

STATE=${HALLIGAN_STATE:-/var/lib/halligan}/runs
RUNTIME=${HALLIGAN_RUNTIME:-/run/halligan}
HALLIGAN_ROOT=${HALLIGAN_ROOT:-}
PATH=${HALLIGAN_PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
export PATH HALLIGAN_ROOT
OUTPUT_LIMIT=${HALLIGAN_OUTPUT_LIMIT:-4000} # lines kept of one script
TAB=$(printf '\t')
CR=$(printf '\r')
ESC=$(printf '\033')
IFS=" $TAB
"

die() {
  printf 'halligan runner: %s\n' "$2" >&2
  exit "$1"
}

# --- event lines: fields between tabs; percent, tab, carriage return and escape are percent-encoded ---

# now: NOW = milliseconds since the epoch, reckoned from the monotonic clock, without a process
now() {
  read -r up _ </proc/uptime
  fraction=${up#*.}
  NOW=$((${up%.*} * 1000 + 1${fraction} % 100 * 10 + BOOTED))
}

set_clock() {
  BOOTED=0
  now
  BOOTED=$(($(date +%s) * 1000 - NOW))
}

# replace TEXT PATTERN REPLACEMENT: OUT = TEXT with every PATTERN replaced
replace() {
  OUT=
  rest=$1
  while :; do
    case $rest in
      *"$2"*)
        OUT=$OUT${rest%%"$2"*}$3
        rest=${rest#*"$2"}
        ;;
      *) break ;;
    esac
  done
  OUT=$OUT$rest
}

# encode TEXT: OUT = TEXT fit for a field, secrets masked
encode() {
  OUT=$1
  while IFS= read -r mask; do
    case $OUT in *"${mask:?}"*) replace "$OUT" "$mask" '•••' ;; esac
  done <"$WORK/masks"
  case $OUT in *%*) replace "$OUT" % %25 ;; esac
  case $OUT in *"$TAB"*) replace "$OUT" "$TAB" %09 ;; esac
  case $OUT in *"$CR"*) replace "$OUT" "$CR" %0D ;; esac
  case $OUT in *"$ESC"*) replace "$OUT" "$ESC" %1B ;; esac
}

# emit TYPE FIELD...: one event line, in one write
emit() {
  now
  line=$1$TAB$NOW
  shift
  for field; do line=$line$TAB$field; done
  printf '%s\n' "$line" >&7
}

harden() {
  sync "$JOURNAL" 2>/dev/null || sync
}

# --- one script ---

# pump INDEX PHASE: pass output on as events until the marker line; returns the status the marker carries.
# The marker comes from the runner, so a daemon that keeps the pipe open cannot hold up the run.
pump() {
  lines=0 blank=0
  while IFS= read -r text || [ -n "$text" ]; do
    case $text in
      "$MARKER "*) return "${text#"$MARKER "}" ;;
      '') blank=$((blank + 1)) ;;
      *)
        while [ "$blank" -gt 0 ]; do
          output "$1" "$2" ''
          blank=$((blank - 1))
        done
        output "$1" "$2" "$text"
        ;;
    esac
  done
  return 1
}

output() {
  lines=$((lines + 1))
  [ "$lines" -le "$OUTPUT_LIMIT" ] || {
    [ "$lines" -gt "$((OUTPUT_LIMIT + 1))" ] || emit output "$1" "$2" "(further output is not kept)"
    return 0
  }
  encode "$3"
  emit output "$1" "$2" "$OUT"
}

# script INDEX PHASE LIMIT: run one script of a step. Returns its status; 124 when its time ran out.
# Each script leads a session of its own, so that all of it can be killed. What check and verify say on standard
# output goes to the file "said"; everything else is output.
script() {
  HALLIGAN_FILES=$WORK/$1/files
  export HALLIGAN_FILES
  now
  began=$NOW
  {
    umask 022
    case $2 in
      apply) setsid timeout -k 5 "$3" sh "$WORK/$1/$2" </dev/null 2>&1 7>&- 8>&- 9>&- & ;;
      *) setsid timeout -k 5 "$3" sh "$WORK/$1/$2" </dev/null 2>&1 >"$WORK/said" 7>&- 8>&- 9>&- & ;;
    esac
    child=$!
    echo "$child" >"$WORK/child"
    wait "$child"
    status=$?
    case $status in 124 | 137 | 143) kill -s KILL -- "-$child" 2>/dev/null ;; esac
    printf '\n%s %s\n' "$MARKER" "$status"
  } | pump "$1" "$2"
  status=$?
  now
  case $status in
    124 | 137 | 143) [ "$((NOW - began))" -lt "$(($3 * 1000))" ] || status=124 ;;
  esac
  return "$status"
}

# said: SAID = what the last check or verify said, encoded, lines joined with %0A
said() {
  SAID=
  while IFS= read -r text || [ -n "$text" ]; do
    encode "$text"
    SAID=$SAID${SAID:+%0A}$OUT
  done <"$WORK/said"
}

# --- one step ---

# ask INDEX PHASE LIMIT: run check or verify; SAID is its drift, REASON why it could not tell. False when it could not.
ask() {
  script "$1" "$2" "$3"
  status=$?
  said
  [ "$status" -ne 0 ] || return 0
  explain "$2" "$status" "$3"
  return 1
}

explain() {
  case $2 in
    124) REASON="$1 did not finish within $3 s" ;;
    *) REASON="$1 left with status $2" ;;
  esac
}

cancelled() {
  [ -e "$WORK/cancel" ]
}

# run_step INDEX KEY LIMIT VERIFY: sets OUTCOME, DRIFT and REASON
run_step() {
  OUTCOME=failed DRIFT='' REASON=''
  ask "$1" check "$3" || {
    DRIFT=$SAID
    return
  }
  DRIFT=$SAID
  if [ -n "$DRIFT" ]; then
    cancelled && return
    script "$1" apply "$3"
    status=$?
    [ "$status" -eq 0 ] || {
      explain apply "$status" "$3"
      return
    }
    ask "$1" check "$3" || return
    [ -z "$SAID" ] || {
      REASON="still so after apply: $SAID"
      return
    }
  fi
  if [ "$4" = yes ]; then
    ask "$1" verify "$3" || {
      REASON=$REASON${SAID:+: $SAID}
      return
    }
    [ -z "$SAID" ] || {
      REASON="verify: $SAID"
      return
    }
  fi
  OUTCOME=unchanged
  [ -z "$DRIFT" ] || OUTCOME=changed
}

# was_finished INDEX KEY: OUTCOME = what the journal already says of this very step, if it came out well
was_finished() {
  [ -n "$EARLIER" ] || return 1
  case $EARLIER in
    *" $1:$2:changed "*) OUTCOME=changed ;;
    *" $1:$2:unchanged "*) OUTCOME=unchanged ;;
    *) return 1 ;;
  esac
}

read_journal() {
  EARLIER=
  while IFS=$TAB read -r type _ index key outcome _; do
    [ "$type" != step-finished ] || EARLIER="$EARLIER $index:$key:$outcome "
  done <"$JOURNAL"
}

run_steps() {
  RESULT=succeeded
  while IFS=$TAB read -r index key limit verify _ <&6; do
    if was_finished "$index" "$key"; then continue; fi
    cancelled && {
      RESULT=cancelled
      return
    }
    emit step-started "$index" "$key"
    now
    started=$NOW
    run_step "$index" "$key" "$limit" "$verify"
    cancelled && [ "$OUTCOME" = failed ] && OUTCOME=cancelled REASON='cancelled while it was at work'
    now
    emit step-finished "$index" "$key" "$OUTCOME" "$((NOW - started))" "$DRIFT" "$REASON" || exit 1
    case $OUTCOME in
      failed | cancelled)
        RESULT=$OUTCOME
        return
        ;;
      changed) harden ;;
    esac
  done
}

# --- a run ---

# run: the detached part. Descriptor 9 comes locked from start.
run() {
  exec 7>>"$JOURNAL"
  set_clock
  MARKER=$(cat /proc/sys/kernel/random/uuid)
  mend_journal
  read_journal
  emit run-started "$(cat "$WORK/hash")"
  harden
  take_node && {
    exec 6<"$WORK/manifest"
    run_steps
    exec 6<&-
  }
  rm -rf "$WORK"
  emit run-finished "$RESULT"
  harden
}

# take_node: wait for the node's lock; false when the run was cancelled meanwhile
take_node() {
  RESULT=cancelled
  exec 8>"$RUNTIME/node.lock"
  flock -n 8 && return 0
  emit waiting 'another run is at work on this node'
  until flock -n 8; do
    cancelled && return 1
    sleep 1
  done
}

# mend_journal: a machine that lost power may leave half a line; end it, so that the next one is whole
mend_journal() {
  [ ! -s "$JOURNAL" ] || [ -z "$(tail -c 1 "$JOURNAL")" ] || printf '\n' >&7
}

finished() {
  [ -s "$JOURNAL" ] || return 1
  is_end "$(tail -n 1 "$JOURNAL")"
}

# is_end LINE: whether this is the whole last line of a run
is_end() {
  case $1 in run-finished"$TAB"*"$TAB"succeeded | run-finished"$TAB"*"$TAB"failed | run-finished"$TAB"*"$TAB"cancelled) return 0 ;; esac
  return 1
}

# private_memory: make RUNTIME, and refuse to go on when it is not memory
private_memory() {
  mkdir -p "$RUNTIME" || die 1 "cannot make $RUNTIME"
  case $(stat -f -c %T "$RUNTIME") in
    tmpfs | ramfs) ;;
    *)
      mount -t tmpfs -o mode=0700,nosuid,nodev halligan "$RUNTIME" ||
        die 1 "$RUNTIME is not in memory and no tmpfs could be mounted there: secrets would reach the disk"
      ;;
  esac
  sweep
}

# sweep: nothing of a run that died without cleaning up stays for longer than to the next one; old journals go
sweep() {
  for left in "$RUNTIME"/*/; do
    left=${left%/}
    lock=$STATE/${left##*/}/lock
    if [ -e "$lock" ]; then flock -n "$lock" rm -rf "$left"; fi
  done
  [ ! -d "$STATE" ] || find "$STATE" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} +
}

# unpack: the bundle from standard input into WORK; its last member tells that it is whole
unpack() {
  rm -rf "$WORK"
  mkdir -p "$WORK" || die 1 "cannot make $WORK"
  tar -xf - -C "$WORK" || {
    rm -rf "$WORK"
    die 5 'the bundle could not be unpacked'
  }
  [ -e "$WORK/whole" ] || {
    rm -rf "$WORK"
    die 5 'the bundle broke off'
  }
}

start() {
  mkdir -p "$STATE/$ID" || die 1 "cannot make $STATE/$ID"
  exec 9>"$STATE/$ID/lock"
  if finished || ! { flock -n 9 || { sleep 1 && flock -n 9; }; }; then
    exec 9>&-
    cat >/dev/null # the bundle is not needed: the run is at work or done
    attach "$1"
  fi
  private_memory 9>&-
  unpack
  [ -e "$JOURNAL" ] || : >"$JOURNAL"
  setsid sh "$0" run "$ID" </dev/null >/dev/null 2>"$STATE/$ID/errors" &
  exec 9>&-
  attach "$1"
}

# attach OFFSET: print the journal from there. While the run is unfinished "tail" follows it: at once where the file
# system tells of writes, ten times a second where it does not (an overlay). A guard waits for the run's lock, which is
# free when the runner has ended or died, and then ends tail: the journal may have no last line.
attach() {
  [ -e "$JOURNAL" ] || die 3 "there is no run $ID here"
  finished || {
    follow "$1"
    exit $?
  }
  tail -c "+$(($1 + 1))" "$JOURNAL"
  exit 0
}

follow() {
  every=1
  if tail -s 0.1 /dev/null >/dev/null 2>&1; then every=0.1; fi
  sh -c 'echo "$$"; exec tail -s "$3" -c "+$1" -f "$2"' tail "$(($1 + 1))" "$JOURNAL" "$every" 2>/dev/null | {
    read -r tail_pid
    { flock -s "$STATE/$ID/lock" true && sleep 1 && kill "$tail_pid"; } </dev/null >/dev/null 2>&1 &
    guard=$!
    while IFS= read -r line; do
      printf '%s\n' "$line" || break
      is_end "$line" && {
        kill "$tail_pid" "$guard" 2>/dev/null
        exit 0
      }
    done
    kill "$tail_pid" "$guard" 2>/dev/null
    exit 4
  }
}

cancel() {
  [ -e "$JOURNAL" ] || die 3 "there is no run $ID here"
  for signal in TERM TERM TERM KILL KILL KILL KILL KILL; do
    if flock -n -s "$STATE/$ID/lock" true; then
      finished && exit 0
      die 4 "nobody works on run $ID"
    fi
    [ ! -d "$WORK" ] || : >"$WORK/cancel"
    stop_script "$signal"
    sleep 1
  done
  finished || die 1 "run $ID did not end"
}

stop_script() {
  { read -r child <"$WORK/child" && kill -s "$1" -- "-$child"; } 2>/dev/null
}

# plan: checks only, and the present content of files that would change
plan() {
  private_memory
  unpack
  trap 'rm -rf "$WORK"' EXIT
  trap 'exit 1' HUP INT TERM PIPE
  exec 7>&1 9>/dev/null 8>/dev/null
  set_clock
  MARKER=$(cat /proc/sys/kernel/random/uuid)
  emit run-started "$(cat "$WORK/hash")"
  while IFS=$TAB read -r index key limit verify preview <&6; do
    now
    started=$NOW
    emit step-started "$index" "$key"
    OUTCOME=unchanged REASON=
    ask "$index" check "$limit" || OUTCOME=unknown
    [ "$OUTCOME" = unknown ] || [ -z "$SAID" ] || {
      OUTCOME=drift
      content "$index" "$preview"
    }
    now
    emit step-finished "$index" "$key" "$OUTCOME" "$((NOW - started))" "$SAID" "$REASON"
  done 6<"$WORK/manifest"
  emit run-finished succeeded
}

# content INDEX PATH: the file's lines as events, at most 2000 of them
content() {
  [ -n "$2" ] && [ -f "$HALLIGAN_ROOT$2" ] || return 0
  shown=0
  while IFS= read -r text || [ -n "$text" ]; do
    shown=$((shown + 1))
    [ "$shown" -le 2000 ] || break
    encode "$text"
    emit content "$1" "$OUT"
  done <"$HALLIGAN_ROOT$2"
}

COMMAND=${1:-}
ID=${2:-}
case $ID in
  '' | *[!A-Za-z0-9-]*) die 1 'usage: runner start|attach|cancel|plan ID [OFFSET]' ;;
esac
case ${3:-0} in
  *[!0-9]*) die 1 'OFFSET must be a number of bytes' ;;
esac
# Steps see a clean environment, whatever the SSH session brought.
case $COMMAND in start | plan)
  [ -n "${HALLIGAN_CLEAN:-}" ] || exec env -i HALLIGAN_CLEAN=1 HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    HALLIGAN_PATH="$PATH" HALLIGAN_ROOT="$HALLIGAN_ROOT" HALLIGAN_RUNTIME="$RUNTIME" HALLIGAN_STATE="${STATE%/runs}" \
    HALLIGAN_OUTPUT_LIMIT="$OUTPUT_LIMIT" PATH="$PATH" sh "$0" "$@"
  ;;
esac
WORK=$RUNTIME/$ID
JOURNAL=$STATE/$ID/journal
cd / || exit 1
case $COMMAND in
  start) start "${3:-0}" ;;
  run) run ;;
  attach) attach "${3:-0}" ;;
  cancel) cancel ;;
  plan) plan ;;
  *) die 1 "unknown command $COMMAND" ;;
esac
