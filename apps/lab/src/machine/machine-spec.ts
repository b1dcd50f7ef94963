import { randomUUID } from 'node:crypto';
import { LabError } from '../lab-error.ts';
import { macAddress, tapName } from '../rack/addresses.ts';
import type { MachineOptions, MachineSpec } from './machine-options.ts';

export const MAX_MACHINES = 200;

/** Fills in what was left open for the machine at place `index` (from 0) of the rack. */
export function machineSpec(index: number, options: MachineOptions = {}): MachineSpec {
  const place = index + 1;
  const name = options.name ?? `machine-${place}`;
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new LabError(
      'lab.bad_name',
      `machine name '${name}' is not usable`,
      'use a-z, 0-9 and dashes, a letter first',
    );
  }
  return {
    index,
    name,
    firmware: options.firmware ?? (index % 2 === 0 ? 'bios' : 'uefi'),
    memoryMegabytes: options.memoryMegabytes ?? 768,
    cpus: options.cpus ?? 1,
    disksGigabytes: options.disksGigabytes ?? [8],
    nicModel: options.nicModel ?? 'virtio-net-pci',
    nicRom: options.nicRom ?? true,
    mac: macAddress(index),
    tap: tapName(index),
    uuid: randomUUID(),
    serial: `LAB${String(place).padStart(5, '0')}`,
  };
}
