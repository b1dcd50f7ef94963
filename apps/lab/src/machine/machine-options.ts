import type { BootDevice } from './qemu-arguments.ts';

export type Firmware = 'bios' | 'uefi';

/** What one emulated machine is made of. Sizes are chosen so that a small desk computer carries the rack. */
export interface MachineOptions {
  /** Lower-case letters, digits and dashes. Default `machine-<n>`. */
  readonly name?: string;
  /** Default: BIOS and UEFI by turns. */
  readonly firmware?: Firmware;
  /** Default 768 MB: enough for the discovery image and Debian; the Debian installer wants 1024. */
  readonly memoryMegabytes?: number;
  readonly cpus?: number;
  /** One entry per disk. Default one of 8 GB. */
  readonly disksGigabytes?: readonly number[];
  /** QEMU's device model. Default virtio-net-pci, the fastest. */
  readonly nicModel?: string;
  /** False leaves the NIC without its iPXE ROM, so that UEFI's own network boot is used. Default true. */
  readonly nicRom?: boolean;
}

/** A machine as it stands in the rack, every choice made. */
export interface MachineSpec extends Required<MachineOptions> {
  readonly index: number;
  readonly mac: string;
  readonly tap: string;
  readonly uuid: string;
  readonly serial: string;
}

/** The files a machine keeps while it is off. */
export interface MachineFiles {
  readonly disks: readonly string[];
  /** UEFI's own variables; absent for BIOS. */
  readonly firmwareVariables: string | undefined;
  readonly qmpSocket: string;
  readonly consoleLog: string;
}

export type { BootDevice };
