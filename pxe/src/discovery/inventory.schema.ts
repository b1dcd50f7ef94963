import { z } from 'zod';

const text = z.string().max(512);
const count = z.number().int().min(0);

const disk = z.object({
  name: text.min(1).describe('Kernel name, vda'),
  path: text.startsWith('/dev/'),
  byId: z.array(text).describe('Names below /dev/disk/by-id in an installed system, without the directory'),
  sizeBytes: count,
  model: text,
  serial: text,
  wwn: text,
  rotational: z.boolean(),
  removable: z.boolean(),
  bus: z.enum(['virtio', 'scsi', 'ata', 'nvme', 'usb', 'mmc', 'xen', 'other']),
});

const lldp = z.object({
  chassisId: text,
  portId: text,
  systemName: text.optional(),
  portDescription: text.optional(),
  vlan: count.optional(),
});

const nic = z.object({
  name: text.min(1),
  mac: z
    .string()
    .regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/, 'six lower-case hexadecimal bytes joined by colons'),
  driver: text,
  pciPath: text.describe('PCI address, 0000:00:03.0; empty when it is on no PCI bus'),
  carrier: z.boolean(),
  speedMbps: count.nullable().describe('Null when the driver does not say'),
  mtu: count,
  boot: z.boolean().describe('The NIC this boot came through'),
  lldp: lldp.nullable(),
});

/** What the discovery image (or a managed node's driver) found. Unknown members are dropped, so that images may be newer. */
export const inventorySchema = z.object({
  firmware: z.enum(['bios', 'uefi']),
  arch: text.min(1),
  dmi: z.object({
    manufacturer: text,
    product: text,
    serial: text,
    uuid: text,
    biosVendor: text,
    biosVersion: text,
    assetTag: text,
  }),
  cpu: z.object({
    model: text,
    vendor: text,
    sockets: count,
    cores: count,
    threads: count,
    flags: z.array(text).describe('Only what bears on virtualisation: vmx, svm, hypervisor'),
  }),
  memoryBytes: count,
  disks: z.array(disk).max(1024),
  nics: z.array(nic).max(256),
  numaNodes: count,
  virtual: text.describe('none on real hardware, else kvm, qemu, vmware, …'),
  agentVersion: text,
});

export type Inventory = z.infer<typeof inventorySchema>;
