import { describe, expect, it } from 'vitest';
import { parseModuleInfo } from './elf-module-info.ts';
import { type KernelModule, renderModulesAlias, renderModulesDep } from './kernel-modules.ts';
import { carriesModule } from './module-selection.ts';

describe('parseModuleInfo', () => {
  it('reads dependencies, aliases and firmware from .modinfo', () => {
    const info =
      'license=GPL\0depends=virtio,virtio_ring\0alias=virtio:d00000001v*\0firmware=a/b.bin\0vermagic=6.1 SMP\0';
    expect(parseModuleInfo(elfWith('.modinfo', info))).toEqual({
      depends: ['virtio', 'virtio_ring'],
      aliases: ['virtio:d00000001v*'],
      firmware: ['a/b.bin'],
    });
  });

  it('is undefined without the section, for other files, and for nothing', () => {
    expect(parseModuleInfo(elfWith('.text', 'x'))).toBeUndefined();
    expect(parseModuleInfo(Buffer.alloc(100))).toBeUndefined();
    expect(parseModuleInfo(Buffer.alloc(0))).toBeUndefined();
  });
});

describe('the tables for modprobe', () => {
  const modules = [
    module('virtio_ring', []),
    module('virtio', ['virtio_ring']),
    module('failover', []),
    module('net_failover', ['failover']),
    module('virtio_net', ['virtio', 'virtio_ring', 'net_failover'], ['virtio:d00000001v*']),
  ];

  it('lists dependencies so that loading them backwards never misses one', () => {
    expect(renderModulesDep(modules).split('\n').at(-2)).toBe(
      'kernel/virtio_net.ko: kernel/net_failover.ko kernel/failover.ko kernel/virtio.ko kernel/virtio_ring.ko',
    );
  });

  it('names the module for each device', () => {
    expect(renderModulesAlias(modules)).toBe('alias virtio:d00000001v* virtio_net\n');
  });
});

describe('carriesModule', () => {
  it.each([
    ['kernel/drivers/net/virtio_net.ko', true, true],
    ['kernel/drivers/net/ethernet/intel/ixgbe/ixgbe.ko', false, true],
    ['kernel/drivers/net/ethernet/broadcom/bnxt/bnxt_en.ko', false, true],
    ['kernel/drivers/scsi/megaraid/megaraid_sas.ko', false, true],
    ['kernel/drivers/scsi/mpt3sas/mpt3sas.ko', false, true],
    ['kernel/drivers/ata/ahci.ko', false, true],
    ['kernel/drivers/ata/pata_amd.ko', false, false],
    ['kernel/sound/core/snd.ko', false, false],
  ])('%s: cloud %s, generic %s', (path, cloud, generic) => {
    expect(carriesModule('cloud', path)).toBe(cloud);
    expect(carriesModule('generic', path)).toBe(generic);
  });
});

function module(name: string, depends: string[], aliases: string[] = []): KernelModule {
  return { name, path: `kernel/${name}.ko`, depends, aliases, firmware: [], content: Buffer.alloc(0) };
}

/** The smallest ELF-64 with one named section: header, section content, names, three section headers. */
function elfWith(name: string, content: string): Buffer {
  const names = Buffer.from(`\0${name}\0.shstrtab\0`, 'latin1');
  const body = Buffer.from(content, 'latin1');
  const elf = Buffer.alloc(64 + body.length + names.length + 3 * 64);
  const table = 64 + body.length + names.length;
  elf.writeUInt32BE(0x7f454c46, 0);
  elf.writeBigUInt64LE(BigInt(table), 0x28);
  elf.writeUInt16LE(3, 0x3c);
  elf.writeUInt16LE(2, 0x3e);
  body.copy(elf, 64);
  names.copy(elf, 64 + body.length);
  const section = (index: number, nameAt: number, offset: number, size: number): void => {
    elf.writeUInt32LE(nameAt, table + index * 64);
    elf.writeBigUInt64LE(BigInt(offset), table + index * 64 + 24);
    elf.writeBigUInt64LE(BigInt(size), table + index * 64 + 32);
  };
  section(1, 1, 64, body.length);
  section(2, name.length + 2, 64 + body.length, names.length);
  return elf;
}
