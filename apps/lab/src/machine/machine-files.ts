import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { MachineFiles, MachineSpec } from './machine-options.ts';
import { UEFI_VARIABLES } from './qemu-arguments.ts';

/** Makes a machine's empty disks and its own firmware variables under `folder`. */
export async function makeMachineFiles(spec: MachineSpec, folder: string): Promise<MachineFiles> {
  await mkdir(folder, { mode: 0o700 });
  const disks = spec.disksGigabytes.map((_, index) => join(folder, `disk${index}.qcow2`));
  for (const [index, path] of disks.entries()) {
    await execa('qemu-img', ['create', '-q', '-f', 'qcow2', path, `${spec.disksGigabytes[index]}G`]);
  }
  const firmwareVariables = spec.firmware === 'uefi' ? join(folder, 'uefi-variables.fd') : undefined;
  if (firmwareVariables !== undefined) await copyFile(UEFI_VARIABLES, firmwareVariables);
  return {
    disks,
    firmwareVariables,
    qmpSocket: join(folder, 'qmp'),
    consoleLog: join(folder, 'console.log'),
  };
}
