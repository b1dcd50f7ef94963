/** `cloud`: virtual machines and the lab, small and quick to boot. `generic`: real servers' NICs and disks as well. */
export type Flavour = 'cloud' | 'generic';

const VIRTUAL_DRIVERS = [
  /^kernel\/drivers\/virtio\/virtio(_ring|_pci)?\.ko$/,
  /\/(virtio_net|virtio_blk|virtio_scsi|net_failover|sd_mod|scsi_mod|virtio-rng)\.ko$/,
  /\/(hv_vmbus|hv_netvsc|hv_storvsc|ena|gve|vmxnet3|vmw_pvscsi|xen-netfront|xen-blkfront)\.ko$/,
  /\/(vfat|nls_cp437|nls_ascii|nls_iso8859-1)\.ko$/,
];

const SERVER_DRIVERS = [
  /^kernel\/drivers\/net\/ethernet\//,
  /^kernel\/drivers\/(ata|nvme\/host|block\/mtip32xx)\//,
  /^kernel\/drivers\/scsi\/(aacraid|aic7xxx|arcmsr|bfa|fnic|isci|lpfc|megaraid|mpi3mr|mpt3sas|mvsas|pm8001|qla2xxx|smartpqi)\//,
  /^kernel\/drivers\/scsi\/(3w-9xxx|3w-sas|hpsa|hptiop|stex|sd_mod|ses|sg)\.ko$/,
  /^kernel\/drivers\/message\/fusion\//,
  /^kernel\/drivers\/usb\/(host|storage)\//,
  /^kernel\/drivers\/hid\/(usbhid\/usbhid|hid|hid-generic)\.ko$/,
  /\/(ext4|crc32c_generic|crc32c-intel|dmi-sysfs|mmc_block|sdhci-pci|sdhci-acpi|vmd|hwmon)\.ko$/,
];

/** Optical, wireless and console-only hardware never carries a server's first boot. */
const LEFT_OUT = [
  /\/ethernet\/(8390|mellanox\/mlxsw|netronome|chelsio\/inline_crypto)\//,
  /\/pata_/,
  /\/usb\/host\/(fotg|isp|max3421|oxu|r8a66597|sl811)/,
];

/** Whether a flavour carries the module with this path; dependencies come along anyway. */
export function carriesModule(flavour: Flavour, path: string): boolean {
  const drivers = flavour === 'cloud' ? VIRTUAL_DRIVERS : [...VIRTUAL_DRIVERS, ...SERVER_DRIVERS];
  return drivers.some((pattern) => pattern.test(path)) && !LEFT_OUT.some((pattern) => pattern.test(path));
}

/** The Debian package of each flavour's kernel. */
export const KERNEL_PACKAGE: Record<Flavour, string> = {
  cloud: 'linux-image-cloud-amd64',
  generic: 'linux-image-amd64',
};

/** Firmware that widespread server NICs cannot do without; taken when the admin machine's sources offer it (non-free-firmware). */
export const FIRMWARE_PACKAGES: Record<Flavour, readonly string[]> = {
  cloud: [],
  generic: [
    'firmware-bnx2',
    'firmware-bnx2x',
    'firmware-qlogic',
    'firmware-netronome',
    'firmware-misc-nonfree',
  ],
};
