/**
 * Debian packages by purpose, and who needs them. `lab` runs the server on an emulated rack; `test` is that
 * and the clients, peers and browsers that tests measure against; `addon` compiles the one native addon.
 */
const server = [
  'iproute2', // addresses and namespaces
  'ipmitool', // power
  'grub-common', // builds the loader that starts a UEFI machine's own disk
  'grub-efi-amd64-bin',
  'ipxe', // boot loaders
  'redis-server', // job queue
  'openssh-client',
];

const images = ['zstd'];

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
  'util-linux',
];

const test = [
  'atftp',
  'busybox',
  'chromium', // browser test
  'isc-dhcp-client',
  'kea-admin', // perfdhcp
  'postgresql',
  'tftp-hpa',
  'udhcpc',
];

export const aptPackages = {
  lab: [...server, ...images, ...lab],
  test: [...server, ...images, ...lab, ...test],
  addon: ['g++', 'make', 'python3'],
};
