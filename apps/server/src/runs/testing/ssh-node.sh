#!/bin/sh
# A light node for tests: a real sshd, dpkg and shell on an overlay of this machine's own root file system, in mount and
# process namespaces of its own, so that nothing it does reaches the machine. It ends with its parent.
# Call: unshare --mount --pid --fork --kill-child sh ssh-node.sh BASE ADDRESS
#   BASE      directory in memory; upper/ holds what differs from this machine and stays between two starts
#   ADDRESS   loopback address; sshd listens on its port 22
set -eu
base=$1
root=$base/root
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=0755 run "$root/run"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount --rbind /dev "$root/dev"
mkdir -p "$root/run/sshd" "$root/var/lib/halligan"
: >"$root/root/.bashrc"
exec chroot "$root" /usr/sbin/sshd -D -e -f /dev/null -h /etc/halligan-test/host_key -o "ListenAddress=$2:22" \
  -o UsePAM=no -o StrictModes=no -o PidFile=none -o PermitRootLogin=prohibit-password -o PasswordAuthentication=no \
  -o AuthorizedKeysFile=/etc/halligan-test/authorized_keys
