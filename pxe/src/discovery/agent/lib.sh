# What the agent's scripts share. Sourced, never run.
STATE=${HALLIGAN_STATE-/run/halligan}
LIB=${HALLIGAN_LIB-/usr/lib/halligan}

# log WORDS: one line in the kernel log, which is the console and what is streamed to the server.
log() {
  echo "<5>halligan: $*" >/dev/kmsg
}

# log_lines: every line of standard input goes to the log.
log_lines() {
  while IFS= read -r line; do log "$line"; done
}

# uptime_ms: milliseconds since the kernel started, in $now.
uptime_ms() {
  read -r now _ </proc/uptime
  now=$((${now%.*} * 1000 + 1${now#*.} * 10 - 1000))
}

# mark NAME: remembers when this was reached, for the boot timeline.
mark() {
  uptime_ms
  echo "$1=$now" >>"$STATE/marks"
}

# kernel_argument NAME: its value on the kernel command line, in $value; fails when absent.
kernel_argument() {
  read -r cmdline <"${INVENTORY_ROOT-}/proc/cmdline"
  for word in $cmdline; do
    case $word in "$1="*) value=${word#*=} && return 0 ;; esac
  done
  value=
  return 1
}

# pair NAME VALUE: one `name=value` line, the value percent-encoded when it must be.
pair() {
  case $2 in
    *[!A-Za-z0-9._:/@+\ -]*) printf '%s=%s\n' "$1" "$(printf %s "$2" | od -An -v -tx1 | tr -d '\n' | tr ' ' %)" ;;
    *) printf '%s=%s\n' "$1" "$2" ;;
  esac
}

# decode TEXT: percent-decoded on standard output; everything else stays what it is.
decode() {
  printf '%s\n' "$1" | LC_ALL=C awk '
    BEGIN { for (i = 0; i < 16; i++) { digit = sprintf("%x", i); value[digit] = value[toupper(digit)] = i } }
    { rest = $0
      while (match(rest, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
        byte = value[substr(rest, RSTART + 1, 1)] * 16 + value[substr(rest, RSTART + 2, 1)]
        printf "%s%c", substr(rest, 1, RSTART - 1), byte
        rest = substr(rest, RSTART + 3)
      }
      printf "%s", rest }'
}

# value_of NAME FILE: the first value of that name among `name=value` lines, decoded.
value_of() {
  while IFS= read -r line; do
    case $line in "$1="*) decode "${line#*=}" && return 0 ;; esac
  done <"$2"
  return 1
}

# for_each_value NAME FILE COMMAND…: runs the command with each decoded value of that name as its last argument.
for_each_value() {
  wanted=$1 source=$2
  shift 2
  while IFS= read -r line; do
    case $line in "$wanted="*) "$@" "$(decode "${line#*=}")" || return 1 ;; esac
  done <"$source"
}
