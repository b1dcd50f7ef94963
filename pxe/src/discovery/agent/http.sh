# The agent's way to the server. Sourced after lib.sh; $URL is the server, $ANSWER the file for the answer's body.
ANSWER=$STATE/answer

# call SECONDS METHOD PATH [BODY-FILE [TYPE]]: one attempt; the HTTP status in $status, 000 when there was no answer.
call() {
  limit=$1 method=$2 path=$3 body=${4-} type=${5-text/plain}
  set -- -s -o "$ANSWER" -w '%{http_code}' --connect-timeout 5 --max-time "$limit" -X "$method" -H "@$STATE/headers"
  [ -z "$body" ] || set -- "$@" --data-binary "@$body" -H "Content-Type: $type" -H 'Expect:'
  : >"$ANSWER"
  status=$(curl "$@" "$URL$path") || status=000
}

# back_off: waits 1, 2, 4, 8, then 15 seconds and a little; answered() starts over.
wait_seconds=1
back_off() {
  sleep "$wait_seconds.$((now % 10))"
  wait_seconds=$((wait_seconds * 2))
  [ "$wait_seconds" -le 15 ] || wait_seconds=15
}

# send METHOD PATH [BODY-FILE [TYPE]]: until the server has answered. Succeeds on 2xx; fails on a refusal, in $status.
send() {
  while :; do
    call 30 "$@"
    case $status in
      2??) wait_seconds=1 && return 0 ;;
      408 | 425 | 429) ;;
      4??) return 1 ;;
    esac
    uptime_ms
    log "no answer to $1 ${2%%\?*} (status $status), trying again in $wait_seconds s"
    back_off
  done
}

# post_marks: all marks so far; the server keeps the first time of each.
post_marks() {
  cp "$STATE/marks" "$STATE/marks.sent"
  call 10 POST /agent/marks "$STATE/marks.sent"
}
