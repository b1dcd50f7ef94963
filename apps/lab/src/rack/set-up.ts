import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Bmc } from '../bmc/bmc.ts';
import { CHASSIS_CONTROL_SCRIPT, serveChassisControl } from '../bmc/chassis-control.ts';
import { LabError } from '../lab-error.ts';
import { detectAcceleration } from '../machine/acceleration.ts';
import { Machine } from '../machine/machine.ts';
import { makeMachineFiles } from '../machine/machine-files.ts';
import type { MachineSpec } from '../machine/machine-options.ts';
import { MAX_MACHINES, machineSpec } from '../machine/machine-spec.ts';
import { bridgeCommands } from './addresses.ts';
import { NetworkNamespace } from './namespace.ts';
import type { RackOptions, RackUnit } from './rack.ts';
import { removeRecord, writeRecord } from './record.ts';
import { startRouterAdvertisements } from './router-advertisements.ts';
import { closeServer, type RackParts, tearDown } from './teardown.ts';

/** Disks are large: they belong on a disk, and `/tmp` may be in memory. */
export const RACK_FOLDERS = '/var/tmp/halligan-lab';

export async function setUpRack(options: RackOptions): Promise<RackParts> {
  const specs = machineSpecs(options);
  const name = rackName(options.name);
  const acceleration = options.acceleration ?? (await detectAcceleration());
  const parts = await foundation(name, options.keepFiles ?? false, acceleration);
  try {
    await layCables(parts, specs.length, options.routerAdvertisements ?? true);
    await placeMachines(parts, specs);
    return parts;
  } catch (error) {
    await tearDown(parts);
    throw error;
  }
}

function machineSpecs({ machines }: RackOptions): MachineSpec[] {
  const wanted = typeof machines === 'number' ? Array.from({ length: machines }, () => ({})) : machines;
  if (wanted.length > MAX_MACHINES) {
    throw new LabError(
      'lab.too_many',
      `${wanted.length} machines are too many`,
      `ask for at most ${MAX_MACHINES}`,
    );
  }
  return wanted.map((options, index) => machineSpec(index, options));
}

function rackName(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) {
    throw new LabError(
      'lab.bad_name',
      `rack name '${name}' is not usable`,
      'use a-z, 0-9 and dashes, at most 20',
    );
  }
  return `hg-${name}-${process.pid}`;
}

async function foundation(
  name: string,
  keepFiles: boolean,
  acceleration: RackParts['acceleration'],
): Promise<RackParts> {
  const folder = join(RACK_FOLDERS, name);
  await writeRecord(name, folder);
  try {
    await mkdir(RACK_FOLDERS, { recursive: true, mode: 0o700 });
    await mkdir(folder, { mode: 0o700 });
    const namespace = await NetworkNamespace.create(name);
    return { namespace, folder, keepFiles, acceleration, units: [], children: [], endings: [] };
  } catch (error) {
    await removeRecord(name);
    throw error;
  }
}

async function layCables(parts: RackParts, machines: number, advertise: boolean): Promise<void> {
  // The bridge's own IPv6 address must be usable before its first cable is plugged in.
  await parts.namespace.run('sysctl', ['-qw', 'net.ipv6.conf.default.accept_dad=0']).catch(() => undefined);
  await parts.namespace.configure(bridgeCommands(machines));
  if (!advertise) return;
  const router = await startRouterAdvertisements(parts.namespace, parts.folder);
  if (router !== undefined) parts.children.push(router);
}

async function placeMachines(parts: RackParts, specs: readonly MachineSpec[]): Promise<void> {
  const socket = join(parts.folder, 'chassis');
  const script = join(parts.folder, 'chassis-control');
  await writeFile(script, CHASSIS_CONTROL_SCRIPT);
  await chmod(script, 0o700);
  const machines = new Map<string, Machine>();
  const chassisControlServer = await serveChassisControl(socket, (name) => machines.get(name));
  parts.endings.push(() => closeServer(chassisControlServer));
  const place = async (spec: MachineSpec): Promise<RackUnit> => {
    const folder = join(parts.folder, spec.name);
    const machine = new Machine(spec, await makeMachineFiles(spec, folder), parts);
    machines.set(spec.name, machine);
    const chassisControl = `${script} ${socket} ${spec.name}`;
    return { machine, bmc: await Bmc.start(spec, parts.namespace, { folder, chassisControl }) };
  };
  const placed = await Promise.allSettled(specs.map(place));
  for (const result of placed) if (result.status === 'fulfilled') parts.units.push(result.value);
  const failure = placed.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
