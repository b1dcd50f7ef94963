/**
 * Debian packages by purpose. `lab` runs the server on an emulated rack; `test` is that and the clients, peers
 * and browsers that tests measure against; `addon` compiles the one native addon.
 */
const server = [
  'apt-cacher-ng', // the mirror nodes install from; a child process, never a service
  'iproute2',
  'ipmitool', // power
  'openssh-client',
  'redis-server', // job queue; a child process, never a service
  'util-linux', // setpriv
];

/** Boot loaders, discovery image and root images are made on this machine from Debian packages. */
const images = [
  'debian-archive-keyring',
  'grub-common',
  'grub-efi-amd64-bin', // local boot under UEFI
  'ipxe',
  'mmdebstrap',
  'xz-utils',
  'zstd',
];

const lab = [
  'curl', // what a BMC's chassis control speaks with
  'ipxe-qemu', // NIC ROMs
  'openipmi', // ipmi_sim
  'ovmf', // UEFI
  'procps',
  'qemu-system-x86',
  'qemu-utils',
  'radvd', // the rack's IPv6 router
  'seabios',
];

const test = [
  'atftp',
  'busybox-static', // the step runner must run under it, too
  'chromium', // browser test
  'cpio', // debian-installer: an initrd of our own beside the installer's
  'gpg', // debian-installer: signs the repository it installs from
  'gpg-agent',
  'gpgconf',
  'isc-dhcp-client',
  'isc-dhcp-relay',
  'kea-admin', // perfdhcp
  'kmod',
  'openssh-server', // private ones on loopback
  'postgresql', // private clusters
  'shellcheck',
  'sqlite3', // looks at a database from outside
  'tftp-hpa',
  'tftpd-hpa', // peer of a bench
  'udhcpc',
];

export const aptPackages = {
  lab: [...server, ...images, ...lab],
  test: [...server, ...images, ...lab, ...test],
  addon: ['g++', 'make', 'python3'],
};
