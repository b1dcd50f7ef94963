import { LabError } from '../lab-error.ts';
import type { Child } from '../rack/child.ts';
import type { MachineSurroundings } from './machine.ts';
import type { MachineFiles, MachineSpec } from './machine-options.ts';
import { type BootDevice, QEMU, qemuArguments } from './qemu-arguments.ts';
import { Qmp } from './qmp.ts';

/** Starts QEMU and waits until it speaks on its control line; throws with its last words when it does not. */
export async function startQemu(
  spec: MachineSpec,
  files: MachineFiles,
  { namespace, acceleration, first }: MachineSurroundings & { readonly first: BootDevice },
): Promise<{ qemu: Child; qmp: Qmp }> {
  const qmp = await Qmp.listen(files.qmpSocket);
  const args = qemuArguments(spec, files, acceleration, first);
  const qemu = namespace.spawn(QEMU, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  // Typing into a machine that just went away is no fault.
  qemu.process.stdin?.on('error', () => undefined);
  const ended = await Promise.race([qmp.connected, qemu.exited]);
  if (ended === undefined) return { qemu, qmp };
  qmp.close();
  throw new LabError(
    'lab.machine_did_not_start',
    `${spec.name}: QEMU ended with ${ended.code ?? ended.signal ?? 'an error'}: ${ended.lastWords}`,
    'see the message; `npm run setup` installs what is missing',
  );
}
