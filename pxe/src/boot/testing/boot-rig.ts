import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BootContext, BootScript } from '../backend.ts';
import { startBootServer } from '../boot-server.ts';
import type { Listening } from '../http/listen.ts';
import { MemoryBackend } from '../memory-backend.ts';
import { BootSessions } from '../sessions/boot-sessions.ts';

/** A boot server on loopback with a backend in memory and a folder of its own. */
export interface BootRig {
  dir: string;
  backend: MemoryBackend;
  sessions: BootSessions;
  listening: Listening;
  url: string;
  /** A clock that stands still until moved. */
  clock: { now: number };
  faults: Error[];
  /** Starts anew on the same folder, as after a crash. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const mac = '52:54:00:78:00:01';

/** Boots with `kernel` and `initrd` files that the caller put into the folder. */
export function discoveryDecision(dir: string): (boot: BootContext) => BootScript {
  return (boot) => ({
    bootEnv: 'discovery',
    script: `#!ipxe\nkernel ${boot.fileUrl('vmlinuz')} halligan.token=${boot.agentToken()}\n`,
    files: { vmlinuz: join(dir, 'vmlinuz') },
    installFile: true,
  });
}

export async function startBootRig(): Promise<BootRig> {
  const dir = await mkdtemp(join(tmpdir(), 'halligan-boot-'));
  const clock = { now: Date.now() };
  const faults: Error[] = [];
  const backend = new MemoryBackend(discoveryDecision(dir), (boot) => ({
    contentType: 'text/plain',
    text: `install=${boot.installToken('node-1')} first-boot=${boot.firstBootToken('node-1')}\n`,
  }));
  const start = async () => {
    const sessions = await BootSessions.open({
      dir: join(dir, 'netboot'),
      onFault: (error) => faults.push(error),
      now: () => clock.now,
    });
    const loader = (name: string) => (name === 'ipxe.efi' ? join(dir, 'vmlinuz') : null);
    const options = { address: '127.0.0.1', port: 0, backend, sessions, loader, now: () => clock.now };
    const listening = await startBootServer(options);
    return { sessions, listening, url: `http://127.0.0.1:${listening.port}` };
  };
  const rig: BootRig = {
    dir,
    backend,
    clock,
    faults,
    ...(await start()),
    restart: async () => {
      await rig.listening.close();
      Object.assign(rig, await start());
    },
    close: async () => {
      await rig.listening.close();
      await rig.sessions.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return rig;
}
