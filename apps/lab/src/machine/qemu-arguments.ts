import type { Acceleration } from './acceleration.ts';
import type { MachineFiles, MachineSpec } from './machine-options.ts';

/** What the firmware tries first. */
export type BootDevice = 'network' | 'disk';

export const QEMU = 'qemu-system-x86_64';
export const UEFI_CODE = '/usr/share/OVMF/OVMF_CODE_4M.fd';
export const UEFI_VARIABLES = '/usr/share/OVMF/OVMF_VARS_4M.fd';

/** The whole command line of one machine. Pure, so that what a machine is can be read and tested. */
export function qemuArguments(
  spec: MachineSpec,
  files: MachineFiles,
  acceleration: Acceleration,
  first: BootDevice,
): string[] {
  return [
    ...['-name', spec.name, '-nodefaults', '-no-user-config', '-display', 'none', '-vga', 'none'],
    ...accelerationArguments(acceleration),
    ...['-M', 'pc,graphics=off', '-m', String(spec.memoryMegabytes), '-smp', String(spec.cpus)],
    ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
    ...['-chardev', `socket,id=qmp,path=${files.qmpSocket}`, '-mon', 'chardev=qmp,mode=control'],
    // A guest's reset ends QEMU; the machine starts it again and so obeys a boot device set meanwhile.
    ...['-action', 'reboot=shutdown', '-boot', 'reboot-timeout=3000', '-rtc', 'base=utc'],
    ...['-device', 'virtio-rng-pci'],
    ...identityArguments(spec),
    ...firmwareArguments(files),
    ...nicArguments(spec, first === 'network' ? 1 : 9),
    ...files.disks.flatMap((path, index) => diskArguments(spec, path, index)),
  ];
}

function accelerationArguments(acceleration: Acceleration): string[] {
  if (acceleration === 'kvm') return ['-accel', 'kvm', '-cpu', 'host'];
  // Software emulation stumbles over process-context ids and five-level paging; after a compare-and-exchange of 16 bytes
  // (QEMU 7.2) an interrupt finds garbage for flags, and Debian 13's kernel dies of it. 64 MB of translated code is plenty.
  return ['-accel', 'tcg,tb-size=64', '-cpu', 'max,pcid=off,la57=off,cx16=off'];
}

function identityArguments(spec: MachineSpec): string[] {
  const product = `manufacturer=Halligan,product=Lab machine (${spec.firmware}),serial=${spec.serial}`;
  return [
    '-uuid',
    spec.uuid,
    '-smbios',
    `type=1,${product}`,
    '-smbios',
    `type=3,asset=lab-${spec.index + 1}`,
  ];
}

function firmwareArguments(files: MachineFiles): string[] {
  if (files.firmwareVariables === undefined) return [];
  return [
    ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${UEFI_CODE}`],
    ...['-drive', `if=pflash,unit=1,format=raw,file=${files.firmwareVariables}`],
  ];
}

function nicArguments(spec: MachineSpec, bootIndex: number): string[] {
  const rom = spec.nicRom ? '' : ',romfile=';
  return [
    ...['-netdev', `tap,id=nic0,ifname=${spec.tap},script=no,downscript=no`],
    ...['-device', `${spec.nicModel},netdev=nic0,mac=${spec.mac},bootindex=${bootIndex}${rom}`],
  ];
}

function diskArguments(spec: MachineSpec, path: string, index: number): string[] {
  return [
    ...['-drive', `if=none,id=disk${index},file=${path},format=qcow2,cache=unsafe,discard=unmap`],
    ...[
      '-device',
      `virtio-blk-pci,drive=disk${index},serial=${spec.serial}-D${index},bootindex=${2 + index}`,
    ],
  ];
}
