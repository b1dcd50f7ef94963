import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inventorySchema } from './inventory.schema.ts';

const SCRIPT = fileURLToPath(new URL('./agent/inventory', import.meta.url));

/** /sys and /proc as two machines showed them, cut down to what the script reads. Links are `-> target`. */
const VIRTUAL_MACHINE: Record<string, string | Buffer> = {
  'proc/cmdline': 'quiet BOOTIF=01-52-54-00-12-34-5A halligan.url=http://10.78.0.1:8091\n',
  'proc/cpuinfo':
    'processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: QEMU TCG CPU version 2.5+\nphysical id\t: 0\ncore id\t\t: 0\nflags\t\t: fpu de svm hypervisor lm\n\n',
  'proc/meminfo': 'MemTotal:         480132 kB\n',
  'sys/devices/system/memory/block_size_bytes': '8000000\n',
  'sys/devices/system/memory/memory0/state': 'online\n',
  'sys/devices/system/memory/memory1/state': 'online\n',
  'sys/class/dmi/id/sys_vendor': 'Acme & Sons\n',
  'sys/class/dmi/id/chassis_vendor': 'QEMU\n',
  'sys/class/dmi/id/product_serial': 'SN-"quoted"\\back\n',
  'sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda/size': '16777216\n',
  'sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda/serial': 'DISK0001',
  'sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda/removable': '0\n',
  'sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda/queue/rotational': '1\n',
  'sys/block/vda': '-> sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda',
  'sys/devices/virtual/block/loop0/size': '0\n',
  'sys/block/loop0': '-> sys/devices/virtual/block/loop0',
  'sys/bus/virtio/drivers/virtio_net/uevent': '',
  'sys/devices/pci0000:00/0000:00:03.0/virtio0/driver': '-> sys/bus/virtio/drivers/virtio_net',
  'sys/devices/pci0000:00/0000:00:03.0/virtio0/net/eth0/address': '52:54:00:12:34:5a\n',
  'sys/devices/pci0000:00/0000:00:03.0/virtio0/net/eth0/carrier': '1\n',
  'sys/devices/pci0000:00/0000:00:03.0/virtio0/net/eth0/speed': '-1\n',
  'sys/devices/pci0000:00/0000:00:03.0/virtio0/net/eth0/mtu': '1500\n',
  'sys/devices/pci0000:00/0000:00:03.0/virtio0/net/eth0/device':
    '-> sys/devices/pci0000:00/0000:00:03.0/virtio0',
  'sys/class/net/eth0': '-> sys/devices/pci0000:00/0000:00:03.0/virtio0/net/eth0',
  'sys/devices/virtual/net/lo/address': '00:00:00:00:00:00\n',
  'sys/class/net/lo': '-> sys/devices/virtual/net/lo',
  'etc/halligan-release': 'abc123\n',
};

const SERVER: Record<string, string | Buffer> = {
  'proc/cmdline': 'quiet\n',
  'proc/cpuinfo': [0, 1, 2, 3]
    .map(
      (id) =>
        `processor\t: ${id}\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nphysical id\t: ${id % 2}\ncore id\t\t: 0\nflags\t\t: vmx lm\n\n`,
    )
    .join(''),
  'proc/meminfo': 'MemTotal:       131072000 kB\n',
  'sys/firmware/efi/fw_platform_size': '64\n',
  'sys/devices/system/node/node0/numastat': '',
  'sys/devices/system/node/node1/numastat': '',
  'sys/class/dmi/id/sys_vendor': 'Dell Inc.\n',
  'sys/class/dmi/id/product_name': '  PowerEdge \t R740  \n',
  'sys/class/dmi/id/product_serial': Buffer.from('bell\x07 esc\x1b[31m del\x7f\n', 'latin1'),
  'sys/class/dmi/id/bios_version': Buffer.from([0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x41, 0x0a]),
  'sys/class/dmi/id/chassis_asset_tag': `${'ü€𝄞'.repeat(200)}\n`,
  'sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0/block/sda/size': '1171062784\n',
  'sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0/block/sda/queue/rotational': '1\n',
  'sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0/block/sda/device':
    '-> sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0',
  'sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0/model': 'PERC H740P Mini \n',
  'sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0/wwid': 'naa.61866da0b5f2e500\n',
  'sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0/vpd_pg80': Buffer.from(
    '\0\x80\0\x08 S3RIAL1',
    'latin1',
  ),
  'sys/block/sda': '-> sys/devices/pci0000:3a/0000:3b:00.0/host0/target0:2:0/0:2:0:0/block/sda',
  'sys/devices/pci0000:5d/0000:5e:00.0/nvme/nvme0/nvme0n1/size': '3907029168\n',
  'sys/devices/pci0000:5d/0000:5e:00.0/nvme/nvme0/nvme0n1/wwid': 'eui.0025385b71b00f5e\n',
  'sys/devices/pci0000:5d/0000:5e:00.0/nvme/nvme0/serial': 'S4EV  \n',
  'sys/devices/pci0000:5d/0000:5e:00.0/nvme/nvme0/model': 'Samsung SSD 970    \n',
  'sys/devices/pci0000:5d/0000:5e:00.0/nvme/nvme0/nvme0n1/device':
    '-> sys/devices/pci0000:5d/0000:5e:00.0/nvme/nvme0',
  'sys/block/nvme0n1': '-> sys/devices/pci0000:5d/0000:5e:00.0/nvme/nvme0/nvme0n1',
};

describe('the inventory script', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'halligan-inventory-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function inventoryOf(files: Record<string, string | Buffer>) {
    for (const [path, content] of Object.entries(files)) {
      const full = join(root, path);
      await mkdir(dirname(full), { recursive: true });
      const target = typeof content === 'string' && content.startsWith('-> ') ? content.slice(3) : undefined;
      if (target) await symlink(relative(dirname(full), join(root, target)), full);
      else await writeFile(full, content);
    }
    const { stdout } = await promisify(execFile)('sh', [SCRIPT], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', INVENTORY_ROOT: root },
    });
    return inventorySchema.parse(JSON.parse(stdout));
  }

  it('describes a virtual machine', async () => {
    const inventory = await inventoryOf(VIRTUAL_MACHINE);
    expect(inventory).toMatchObject({
      firmware: 'bios',
      memoryBytes: 268_435_456,
      virtual: 'qemu',
      agentVersion: 'abc123',
      numaNodes: 1,
      cpu: { sockets: 1, cores: 1, threads: 1, flags: ['svm', 'hypervisor'], vendor: 'AuthenticAMD' },
      dmi: { manufacturer: 'Acme & Sons', serial: 'SN-"quoted"\\back', product: '' },
    });
    expect(inventory.disks).toEqual([
      {
        name: 'vda',
        path: '/dev/vda',
        byId: ['virtio-DISK0001'],
        sizeBytes: 8_589_934_592,
        model: '',
        serial: 'DISK0001',
        wwn: '',
        rotational: true,
        removable: false,
        bus: 'virtio',
      },
    ]);
    expect(inventory.nics).toEqual([
      {
        name: 'eth0',
        mac: '52:54:00:12:34:5a',
        driver: 'virtio_net',
        pciPath: '0000:00:03.0',
        carrier: true,
        speedMbps: null,
        mtu: 1500,
        boot: true,
        lldp: null,
      },
    ]);
  });

  it('describes a server with two sockets, a RAID volume and an NVMe disk', async () => {
    const inventory = await inventoryOf(SERVER);
    expect(inventory).toMatchObject({
      firmware: 'uefi',
      virtual: 'none',
      numaNodes: 2,
      memoryBytes: 131_072_000 * 1024,
      cpu: { sockets: 2, cores: 2, threads: 4, flags: ['vmx'] },
    });
    expect(
      inventory.disks.map(({ name, bus, serial, model, byId }) => ({ name, bus, serial, model, byId })),
    ).toEqual([
      {
        name: 'nvme0n1',
        bus: 'nvme',
        serial: 'S4EV',
        model: 'Samsung SSD 970',
        byId: ['nvme-Samsung_SSD_970_S4EV', 'nvme-eui.0025385b71b00f5e'],
      },
      {
        name: 'sda',
        bus: 'scsi',
        serial: 'S3RIAL1',
        model: 'PERC H740P Mini',
        byId: ['wwn-0x61866da0b5f2e500'],
      },
    ]);
  });

  it('survives whatever firmware put into its strings', async () => {
    const { dmi } = await inventoryOf(SERVER);
    expect(dmi.product).toBe('PowerEdge \t R740');
    expect(dmi.serial).toBe('bell\x07 esc\x1b[31m del\x7f');
    expect(dmi.biosVersion).toBe(`${'\ufffd'.repeat(7)}A`);
    expect(dmi.assetTag.startsWith('ü€𝄞ü€𝄞')).toBe(true);
    expect(Buffer.byteLength(dmi.assetTag)).toBeLessThanOrEqual(520);
  });
});
