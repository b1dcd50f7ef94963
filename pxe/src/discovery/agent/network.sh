# Brings up the NIC the machine booted from. Sourced after lib.sh.

# boot_mac: the MAC address iPXE passed as BOOTIF (01-aa-bb-…), in $mac; empty when it passed none.
boot_mac() {
  mac=
  kernel_argument BOOTIF || return 0
  mac=$(echo "${value#*-}" | tr A-F- a-f:)
}

# find_nic: the boot NIC, else the first with a carrier, in $nic. Every NIC is switched on to learn its carrier.
find_nic() {
  nic=
  for device in /sys/class/net/*/device; do
    [ -e "$device" ] || continue
    candidate=${device%/device}
    candidate=${candidate##*/}
    [ "$(cat "/sys/class/net/$candidate/operstate")" != down ] || ip link set "$candidate" up
    address=$(cat "/sys/class/net/$candidate/address")
    if [ "$address" = "$mac" ]; then nic=$candidate; fi
    if [ -z "$mac" ] && [ -z "$nic" ] && [ "$(cat "/sys/class/net/$candidate/carrier" 2>/dev/null)" = 1 ]; then
      nic=$candidate
    fi
  done
  [ -n "$nic" ]
}

# network_up: a lease on the boot NIC, kept renewed in the background. The DHCP client speaks through a pipe.
network_up() {
  boot_mac
  until find_nic; do
    log "waiting for network interface ${mac:-with a carrier}"
    sleep 0.5
  done
  [ -n "$mac" ] || mac=$(cat "/sys/class/net/$nic/address")
  echo "$mac" >"$STATE/boot-mac"
  [ -p "$STATE/lease" ] || mkfifo "$STATE/lease"
  udhcpc -f -i "$nic" -t 4 -T 1 -A 1 -s /usr/lib/halligan/udhcpc </dev/null >/dev/null 2>&1 &
  echo $! >"$STATE/udhcpc.pid"
  read -r lease <"$STATE/lease"
  log "$nic ($mac) has $lease"
}
