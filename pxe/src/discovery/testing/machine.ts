import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

export interface MachineOptions {
  firmware: 'bios' | 'uefi';
  dir: string;
  mac: string;
  serial: string;
  disk?: string;
  memoryMb?: number;
  /** Boot this kernel directly; without it the machine boots from its disk. */
  direct?: { kernel: string; initrd: string; args: string };
  /** Extra SMBIOS type 1 fields. */
  smbios?: string;
  /** Forwards this loopback port to the machine's SSH port. */
  sshPort?: number;
  onConsole?: (text: string) => void;
}

const OVMF_CODE = '/usr/share/OVMF/OVMF_CODE_4M.fd';
const OVMF_VARS = '/usr/share/OVMF/OVMF_VARS_4M.fd';

/** An emulated machine with user-mode networking (the host is 10.0.2.2), in software emulation. */
export class Machine {
  console = '';
  readonly poweredOnAt = Date.now();
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  constructor(options: MachineOptions) {
    this.child = spawn('qemu-system-x86_64', machineArguments(options), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const listen = (chunk: Buffer): void => {
      this.console += chunk.toString('latin1');
      options.onConsole?.(chunk.toString('latin1'));
    };
    this.child.stdout?.on('data', listen);
    this.child.stderr?.on('data', listen);
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', () => resolve());
    });
  }

  seconds(): number {
    return (Date.now() - this.poweredOnAt) / 1000;
  }

  async powerOff(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Resolves when the machine has switched itself off or, started with -no-reboot, has rebooted. */
  untilEnded(): Promise<void> {
    return this.ended;
  }
}

/** Which programs or files this machine lacks to emulate one, in words; empty when it can. */
export function missingForEmulation(): string[] {
  const paths = ['/usr/bin/qemu-system-x86_64', OVMF_CODE, '/usr/bin/mmdebstrap'];
  return paths.filter((path) => !existsSync(path));
}

function machineArguments(options: MachineOptions): string[] {
  const forward = options.sshPort ? `,hostfwd=tcp:127.0.0.1:${options.sshPort}-:22` : '';
  return [
    ...['-accel', 'tcg,tb-size=64', '-cpu', 'max,pcid=off,la57=off', '-M', 'pc,graphics=off', '-smp', '1'],
    ...[
      '-m',
      String(options.memoryMb ?? 512),
      '-display',
      'none',
      '-vga',
      'none',
      '-nodefaults',
      '-no-reboot',
    ],
    ...['-serial', 'stdio', '-netdev', `user,id=n0${forward}`],
    ...[
      '-device',
      `virtio-net-pci,netdev=n0,mac=${options.mac}${options.firmware === 'uefi' ? ',romfile=' : ''}`,
    ],
    ...['-smbios', `type=1,serial=${options.serial}${options.smbios ? `,${options.smbios}` : ''}`],
    ...(options.firmware === 'uefi' ? uefiArguments(options.dir) : []),
    ...(options.disk ? diskArguments(options.disk) : []),
    ...(options.direct ? directArguments(options.direct) : []),
  ];
}

function uefiArguments(dir: string): string[] {
  const variables = join(dir, 'vars.fd');
  if (!existsSync(variables)) copyFileSync(OVMF_VARS, variables);
  return [
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${OVMF_CODE}`],
    ...['-drive', `if=pflash,format=raw,unit=1,file=${variables}`],
  ];
}

function diskArguments(disk: string): string[] {
  const drive = `if=none,id=d0,file=${disk},format=qcow2,cache=unsafe,discard=unmap`;
  return ['-drive', drive, '-device', 'virtio-blk-pci,drive=d0,serial=DISK0001,bootindex=1'];
}

function directArguments({
  kernel,
  initrd,
  args,
}: {
  kernel: string;
  initrd: string;
  args: string;
}): string[] {
  return ['-kernel', kernel, '-initrd', initrd, '-append', args];
}
