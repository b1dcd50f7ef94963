import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { LabError } from '../lab-error.ts';
import { BRIDGE, SERVER_ADDRESS } from '../rack/addresses.ts';
import type { Child } from '../rack/child.ts';
import type { Rack } from '../rack/rack.ts';
import { UPLINK_URL } from '../relay/uplink.ts';

const PROGRAM = fileURLToPath(new URL('../../../cli/bin/halligan.mjs', import.meta.url));
const READY_WITHIN_MS = 90_000;
export const API_PORT = 3000;

/** What differs between this rack and one of iron: virtual NICs, a serial console, and one narrow way out. */
const RACK_ENVIRONMENT = {
  HALLIGAN_FLAVOUR: 'cloud',
  // Software emulation on a busy machine fails the kernel's timer check; seldom it even breaks a kernel, which then restarts.
  HALLIGAN_KERNEL_ARGUMENTS: 'console=ttyS0,115200 no_timer_check panic=20',
  HALLIGAN_MIRROR_PROXY: UPLINK_URL,
};

const readyLine = z.object({
  url: z.url(),
  bootHttp: z.string(),
  dataDir: z.string(),
  /** SHA-256 of the TLS certificate. */
  certificateFingerprint: z.string(),
  /** On the first start with a data folder only. */
  admin: z.object({ username: z.string(), oneTimePassword: z.string() }).optional(),
});

/** What `halligan server` says when it is ready. */
export type ReadyLine = z.infer<typeof readyLine>;

/** `halligan server` on the rack's boot network. */
export interface HalliganServer {
  readonly child: Child;
  readonly ready: ReadyLine;
  readonly log: string;
}

export interface ServerOptions {
  readonly dataDir?: string;
  readonly env?: Record<string, string>;
  /** Calls the waiting off. */
  readonly signal?: AbortSignal;
}

/** Starts the server inside the rack and waits until it is ready; its log goes to a file of the rack. */
export async function startServer(rack: Rack, options: ServerOptions = {}): Promise<HalliganServer> {
  const dataDir = options.dataDir ?? join(rack.folder, 'data');
  const listen = `${SERVER_ADDRESS}:${API_PORT}`;
  const args = ['server', '--json', '--data', dataDir, '--boot-interface', BRIDGE, '--listen', listen];
  const child = rack.spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...RACK_ENVIRONMENT, ...options.env },
  });
  const log = join(rack.folder, 'server.log');
  child.process.stderr?.pipe(createWriteStream(log, { flags: 'a', mode: 0o600 }));
  const ready = await readyLineOf(child, log, options.signal);
  return { child, ready, log };
}

async function readyLineOf(child: Child, log: string, signal?: AbortSignal): Promise<ReadyLine> {
  const patience = AbortSignal.timeout(READY_WITHIN_MS);
  const limit = signal === undefined ? patience : AbortSignal.any([patience, signal]);
  const tooLate = new Promise<undefined>((resolve) => {
    limit.addEventListener('abort', () => resolve(undefined));
  });
  const outcome = await Promise.race([firstReadyLine(child), child.exited, tooLate]);
  if (outcome !== undefined && 'url' in outcome) return outcome;
  if (outcome === undefined) await child.kill();
  signal?.throwIfAborted();
  const { code, lastWords } = await child.exited;
  throw new LabError(
    'lab.server_did_not_start',
    outcome === undefined
      ? `the server was not ready within ${READY_WITHIN_MS / 1000} s: ${lastWords}`
      : `the server ended with ${code}: ${lastWords}`,
    `see ${log} (kept with --keep)`,
  );
}

function firstReadyLine(child: Child): Promise<ReadyLine> {
  return new Promise((resolve) => {
    const { stdout } = child.process;
    if (stdout === null) return;
    createInterface({ input: stdout }).on('line', (line) => {
      const ready = readyLine.safeParse(parsed(line));
      if (ready.success) resolve(ready.data);
    });
  });
}

/** A line's JSON value, or undefined: the server may say other things first. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
