import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { QEMU } from './qemu-arguments.ts';

export type Acceleration = 'kvm' | 'tcg';

/**
 * KVM when the processor offers virtualisation, the device opens and a first machine really runs its firmware;
 * software emulation otherwise. The flags alone decide first: in a virtual machine `/dev/kvm` may open and
 * guests hang all the same.
 */
export async function detectAcceleration(): Promise<Acceleration> {
  const usable = hasVirtualisation(await readFile('/proc/cpuinfo', 'utf8')) && (await opens('/dev/kvm'));
  return usable && (await firmwareRuns('kvm')) ? 'kvm' : 'tcg';
}

/** True when a processor in this `/proc/cpuinfo` can run guests itself. */
export function hasVirtualisation(cpuinfo: string): boolean {
  return /^flags\s*:.*\b(?:vmx|svm)\b/m.test(cpuinfo);
}

async function opens(device: string): Promise<boolean> {
  return access(device, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Starts a machine with nothing to boot and waits for the BIOS's first word on its debug port. */
export async function firmwareRuns(acceleration: Acceleration): Promise<boolean> {
  const machine = execa(
    QEMU,
    [
      ...[
        '-accel',
        acceleration,
        '-M',
        'pc',
        '-m',
        '64',
        '-display',
        'none',
        '-nodefaults',
        '-no-user-config',
      ],
      ...['-chardev', 'stdio,id=debug,signal=off', '-device', 'isa-debugcon,iobase=0x402,chardev=debug'],
    ],
    { buffer: false, reject: false, timeout: 5000, forceKillAfterDelay: 500, stdin: 'pipe' },
  );
  let spoke = false;
  machine.stdout.once('data', () => {
    spoke = true;
    machine.kill('SIGKILL');
  });
  await machine;
  return spoke;
}
