# Action wipe, method quick: makes every signature of former contents unreadable. Sourced by run_action.

require_disk() {
  case $1 in
    /dev/*[!A-Za-z0-9_-]* | /dev/) fail "disk $1: not a disk's path" ;;
    /dev/*) ;;
    *) fail "disk $1: not a disk's path" ;;
  esac
  [ -d "/sys/block/${1#/dev/}" ] || fail "disk $1: this machine has no such disk"
}

# clear_edges DEVICE: zeroes the first and last 4 MiB, where partition tables, RAID and LVM keep their labels.
clear_edges() {
  local sectors count
  sectors=$(blockdev --getsz "$1")
  count=$((sectors < 8192 ? sectors : 8192))
  dd if=/dev/zero of="$1" bs=512 count="$count" conv=notrunc 2>/dev/null &&
    dd if=/dev/zero of="$1" bs=512 count="$count" seek="$((sectors - count))" conv=notrunc 2>/dev/null ||
    fail "disk $1: could not be written"
}

wipe_disk() {
  local name=${1#/dev/} entry
  require_disk "$1"
  for entry in "/sys/block/$name/$name"*; do
    [ ! -e "$entry/partition" ] || clear_edges "/dev/${entry##*/}"
  done
  clear_edges "$1"
  blkdiscard "$1" 2>/dev/null || :
  sync
  blockdev --rereadpt "$1" 2>/dev/null || :
  echo "wiped $1"
}

run() {
  case $(parameter method) in quick | '') ;; *) fail "wipe method $(parameter method) is not known: use quick" ;; esac
  echo wipe >"$STATE/phase"
  mark wipe-start
  for_each_value disk "$ACTION" wipe_disk
  mark wipe-done
}
