# Action install-image: an operating system from a compressed root file system. Sourced by run_action.
# Every value from the server is checked against what it may be before it reaches a command or a file.
. "$LIB/wipe.sh"
TARGET=/target

# phase NAME PERCENT: where the installation is, for the server and for the boot timeline.
phase() {
  echo "$1" >"$STATE/phase"
  mark "$1-start"
  log "install: $1"
  report running "$2" "$1" "$1"
}

# require NAME VALUE PATTERN: the value must match the extended regular expression as a whole, on one line.
require() {
  [ "$(printf %s "$2" | wc -l)" = 0 ] && printf '%s\n' "$2" | grep -qxE "$3" || fail "$1: not acceptable: $2"
}

read_parameters() {
  disk=$(parameter disk) image=$(parameter image) image_sha256=$(parameter image-sha256)
  hostname=$(parameter hostname) nic_mac=$(parameter nic-mac) address=$(parameter address) gateway=$(parameter gateway)
  console=$(parameter console) kernel_args=$(parameter kernel-args) timezone=$(parameter timezone) ntp=$(parameter ntp)
  apt_proxy=$(parameter apt-proxy) first_boot_url=$(parameter first-boot-url) first_boot_token=$(parameter first-boot-token)
  require_disk "$disk"
  require image "$image" '/agent/image/[A-Za-z0-9._-]+'
  require image-sha256 "$image_sha256" '[0-9a-f]{64}'
  require hostname "$hostname" '[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*'
  require nic-mac "$nic_mac" '([0-9a-f]{2}:){5}[0-9a-f]{2}'
  require address "$address" '([0-9a-fA-F.:]+/[0-9]{1,3})?'
  require gateway "$gateway" '[0-9a-fA-F.:]*'
  require console "$console" '(tty[A-Z]{1,4}[0-9]{1,2}(,[0-9]{3,7}[neo0-9]{0,2})?)?'
  require kernel-args "$kernel_args" '[A-Za-z0-9._:/@+=, -]*'
  require timezone "$timezone" '([A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*)?'
  require ntp "$ntp" '[A-Za-z0-9.: -]*'
  require apt-proxy "$apt_proxy" '(https?://[A-Za-z0-9._:-]+/?|\[[0-9a-f:]+\])?'
  require first-boot-url "$first_boot_url" 'http://[A-Za-z0-9._-]+(:[0-9]+)?/[A-Za-z0-9._/-]*'
  require first-boot-token "$first_boot_token" '[A-Za-z0-9._~-]+'
}

# partition: BIOS boot partition at sector 2048 (where core.img expects itself), EFI system partition, root.
partition() {
  wipe_disk "$disk"
  sfdisk -q --wipe always --wipe-partitions always "$disk" <<TABLE
label: gpt
start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649, name=bios-boot
start=4096, size=256MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name=esp
type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709, name=root
TABLE
  case $disk in *[0-9]) part=${disk}p ;; *) part=$disk ;; esac
  root_uuid=$(cat /proc/sys/kernel/random/uuid)
  esp_id=$(printf '%s' "$root_uuid" | cut -c 1-8)
  # By path: busybox has applets of these names and its shell prefers them.
  /usr/bin/mkfs.vfat -F 32 -n ESP -i "$esp_id" "${part}2" >/dev/null
}

# download_image: the image on standard output. A broken transfer goes on where it stopped, however often.
download_image() {
  offset=0
  while :; do
    # curl's body goes straight to the pipe; its closing words (bytes, HTTP status) come back through the substitution.
    { words=$(curl -s -f -C "$offset" --connect-timeout 10 --speed-limit 1 --speed-time 30 -H "@$STATE/headers" \
      -D "$STATE/image.head" -w '%{stderr}%{size_download} %{http_code}' "$URL$image" 2>&1 >&3) && return 0 || code=$?; } 3>&1
    offset=$((offset + ${words%% *}))
    log "image download stopped at $offset bytes (curl $code, HTTP ${words##* })"
    case $code/${words##* } in 22/4?? | 23/* | 33/*) return 1 ;; esac
    uptime_ms
    back_off
  done
}

# watch_unpacking: percent of the archive read by the decompressor, every two seconds, until killed.
watch_unpacking() {
  while sleep 2; do
    total=$(tr -d '\r' <"$STATE/image.head" | awk -F '[:/ ]+' 'tolower($1) == "content-range" { print $4; exit } tolower($1) == "content-length" { print $2 }' | tail -n 1)
    pid=$(pidof zstd) && read -r _ bytes <"/proc/$pid/io" || continue
    [ "${total:-0}" -gt 0 ] || continue
    report running "$((10 + bytes * 75 / total))" unpack "$((bytes / 1048576)) of $((total / 1048576)) MiB"
  done
}

# unpack: the file system is checked and written in one pass, given its own UUID, and grown to its partition.
unpack() {
  rm -f "$STATE/sum" "$STATE/image.head"
  mkfifo "$STATE/sum.pipe" 2>/dev/null || :
  /usr/bin/sha256sum <"$STATE/sum.pipe" >"$STATE/sum" &
  sum_pid=$!
  watch_unpacking &
  watch_pid=$!
  set -o pipefail
  # By path: busybox's shell would take its own applet of that name.
  download_image | /usr/bin/tee "$STATE/sum.pipe" | zstd -dcq >"${part}3" && code=0 || code=$?
  kill "$watch_pid"
  [ "$code" = 0 ] || fail "the image could not be unpacked (exit $code), see the console log"
  wait "$sum_pid"
  read -r sum _ <"$STATE/sum"
  [ "$sum" = "$image_sha256" ] || fail "image-sha256: the image downloaded is $sum, expected $image_sha256"
  tune2fs -U "$root_uuid" "${part}3" >/dev/null || fail 'the file system in the image could not be given a UUID'
  mkdir -p "$TARGET"
  mount -t ext4 -o noatime "${part}3" "$TARGET"
  resize2fs "${part}3" >/dev/null 2>&1 || fail 'the file system could not be grown to its partition'
}

# settings NAME…: writes standard input to a file of the installed system, mode 644 or the one given.
settings() {
  mkdir -p "$TARGET/${1%/*}"
  cat >"$TARGET/$1"
  chmod "${2:-644}" "$TARGET/$1"
}

configure_identity() {
  echo "$hostname" | settings etc/hostname
  {
    echo '127.0.0.1 localhost'
    echo '::1 localhost ip6-localhost ip6-loopback'
    [ "$hostname" = "${hostname%%.*}" ] && names=$hostname || names="$hostname ${hostname%%.*}"
    if [ -n "$address" ]; then echo "${address%/*} $names"; else echo "127.0.1.1 $names"; fi
  } | settings etc/hosts
  tr -d - </proc/sys/kernel/random/uuid | settings etc/machine-id 444
  [ -z "$timezone" ] || [ ! -e "$TARGET/usr/share/zoneinfo/$timezone" ] || ln -sf "/usr/share/zoneinfo/$timezone" "$TARGET/etc/localtime"
  [ -z "$ntp" ] || printf '[Time]\nNTP=%s\n' "$ntp" | settings etc/systemd/timesyncd.conf.d/halligan.conf
}

add_dns() {
  require dns "$1" '[0-9a-fA-F.:]+'
  echo "DNS=$1" >>"$STATE/dns.network"
  echo "nameserver $1" >>"$STATE/dns.resolv"
}

configure_network() {
  : >"$STATE/dns.network"
  : >"$STATE/dns.resolv"
  for_each_value dns "$ACTION" add_dns
  {
    printf '[Match]\nMACAddress=%s\n\n[Network]\n' "$nic_mac"
    if [ -n "$address" ]; then printf 'Address=%s\n' "$address"; else echo 'DHCP=yes'; fi
    [ -z "$gateway" ] || printf 'Gateway=%s\n' "$gateway"
    cat "$STATE/dns.network"
  } | settings etc/systemd/network/10-halligan.network
  settings etc/resolv.conf <"$STATE/dns.resolv"
}

add_ssh_key() {
  require ssh-key "$1" '(ssh|ecdsa|sk)-[A-Za-z0-9@.-]+ [A-Za-z0-9+/=]+( [ -~]*)?'
  echo "$1" >>"$STATE/authorized_keys"
}

configure_ssh() {
  : >"$STATE/authorized_keys"
  for_each_value ssh-key "$ACTION" add_ssh_key
  mkdir -p -m 700 "$TARGET/root/.ssh"
  settings root/.ssh/authorized_keys 600 <"$STATE/authorized_keys"
}

# add_apt_source TEXT: one-line entries and deb822 stanzas go to files of their own kind.
add_apt_source() {
  ! printf '%s' "$1" | grep -q '[^ -~]' || fail 'apt-source: only printable characters are allowed'
  case $1 in
    deb\ * | deb-src\ *) printf '%s\n' "$1" >>"$STATE/sources.list" ;;
    *) printf '%s\n\n' "$1" >>"$STATE/halligan.sources" ;;
  esac
}

configure_apt() {
  rm -f "$STATE/sources.list" "$STATE/halligan.sources"
  for_each_value apt-source "$ACTION" add_apt_source
  [ -z "$apt_proxy" ] || printf 'Acquire::http::Proxy "%s";\n' "$apt_proxy" | settings etc/apt/apt.conf.d/80halligan-proxy
  [ -s "$STATE/sources.list" ] || [ -s "$STATE/halligan.sources" ] || return 0
  rm -f "$TARGET"/etc/apt/sources.list "$TARGET"/etc/apt/sources.list.d/*
  [ ! -s "$STATE/sources.list" ] || settings etc/apt/sources.list <"$STATE/sources.list"
  [ ! -s "$STATE/halligan.sources" ] || settings etc/apt/sources.list.d/halligan.sources <"$STATE/halligan.sources"
}

configure_first_boot() {
  printf '%s\n' "$first_boot_url" | settings etc/halligan/first-boot.url
  printf '%s\n' "$first_boot_token" | settings etc/halligan/first-boot.token 600
}

configure_mounts() {
  settings etc/fstab <<FSTAB
UUID=$root_uuid / ext4 errors=remount-ro 0 1
UUID=$(echo "$esp_id" | tr a-f A-F | sed 's/^..../&-/') /boot/efi vfat umask=0077,nofail 0 0
FSTAB
}

# boot_loader: copies the image's ready-made loaders for both firmwares and says what to start.
boot_loader() {
  boot=$TARGET/usr/lib/halligan/boot
  [ "$(cat "/sys/block/${disk#/dev/}/queue/logical_block_size")" = 512 ] || [ -d /sys/firmware/efi ] ||
    fail "disk $disk: has 4096-byte sectors, which a BIOS cannot boot from: switch the machine to UEFI"
  if [ "$(cat "/sys/block/${disk#/dev/}/queue/logical_block_size")" = 512 ]; then
    dd if="$boot/boot.img" of="$disk" bs=440 count=1 conv=notrunc 2>/dev/null
    dd if="$boot/core.img" of="${part}1" bs=64k conv=notrunc 2>/dev/null
  fi
  mkdir -p "$TARGET/boot/efi"
  mount -t vfat "${part}2" "$TARGET/boot/efi"
  mkdir -p "$TARGET/boot/efi/EFI/BOOT"
  cp "$boot/BOOTX64.EFI" "$TARGET/boot/efi/EFI/BOOT/BOOTX64.EFI"
  umount "$TARGET/boot/efi"
  kernel=$(ls "$TARGET/boot" | sed -n 's/^vmlinuz-//p' | tail -n 1)
  [ -n "$kernel" ] || fail 'image: it holds no /boot/vmlinuz-*'
  arguments="${console:+console=tty0 console=$console }$kernel_args"
  serial=
  case $console in ttyS*) serial=${console#ttyS} speed=${console#*,} && [ "$speed" != "$console" ] || speed=115200 ;; esac
  unit=${serial%%,*} speed=$(echo "${speed-}" | sed 's/[^0-9].*//')
  {
    echo 'set timeout=0'
    [ -z "$serial" ] || printf 'serial --unit=%s --speed=%s\nterminal_input console serial\nterminal_output console serial\n' "$unit" "$speed"
    printf 'menuentry "Linux %s" {\n  search --no-floppy --fs-uuid --set=root %s\n' "$kernel" "$root_uuid"
    printf '  linux /boot/vmlinuz-%s root=UUID=%s ro %s\n' "$kernel" "$root_uuid" "$arguments"
    printf '  initrd /boot/initrd.img-%s\n}\n' "$kernel"
  } | settings boot/grub/grub.cfg 600
  # For update-grub, which replaces the file above when another kernel is installed.
  {
    printf 'GRUB_DEFAULT=0\nGRUB_TIMEOUT=1\nGRUB_DISTRIBUTOR=Debian\nGRUB_CMDLINE_LINUX_DEFAULT=""\nGRUB_CMDLINE_LINUX="%s"\n' "$arguments"
    [ -z "$serial" ] || printf 'GRUB_TERMINAL="console serial"\nGRUB_SERIAL_COMMAND="serial --unit=%s --speed=%s"\n' "$unit" "$speed"
  } | settings etc/default/grub
}

# release_target: a former attempt may have left it mounted.
release_target() {
  umount "$TARGET/boot/efi" 2>/dev/null || :
  umount "$TARGET" 2>/dev/null || :
}

run() {
  read_parameters
  release_target
  phase partition 2
  partition
  phase unpack 10
  unpack
  phase configure 86
  configure_identity
  configure_network
  configure_ssh
  configure_apt
  configure_first_boot
  configure_mounts
  phase boot-loader 92
  boot_loader
  phase sync 95
  umount "$TARGET"
  sync
  mark install-done
}
