import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Acceleration } from '../machine/acceleration.ts';
import type { Child } from './child.ts';
import type { NetworkNamespace } from './namespace.ts';
import type { RackUnit } from './rack.ts';
import { recordPath, removeRecord } from './record.ts';

/** Everything a rack consists of, in the order in which it came to be. */
export interface RackParts {
  readonly namespace: NetworkNamespace;
  readonly folder: string;
  readonly keepFiles: boolean;
  readonly acceleration: Acceleration;
  readonly units: RackUnit[];
  readonly children: Child[];
  /** What else is to be ended: servers of our own that belong to the rack. */
  readonly endings: (() => Promise<void>)[];
}

/** Takes a rack down in the reverse order; goes on past a failure and reports all of them at the end. */
export async function tearDown(parts: RackParts): Promise<void> {
  const failures: unknown[] = [];
  const attempt = (act: () => Promise<unknown>) => act().catch((error: unknown) => failures.push(error));
  for (const child of parts.children.toReversed()) await attempt(() => child.stop(15_000));
  await Promise.all(parts.units.map(({ machine }) => attempt(() => machine.close())));
  await Promise.all(parts.units.map(({ bmc }) => attempt(() => bmc.stop())));
  await Promise.all(parts.endings.map(attempt));
  await attempt(() => parts.namespace.remove());
  if (!parts.keepFiles) await attempt(() => rm(parts.folder, { recursive: true, force: true }));
  await attempt(() => removeRecord(parts.namespace.name));
  if (failures.length > 0) throw new AggregateError(failures, `taking the rack ${parts.namespace.name} down`);
}

/**
 * Tidies up when the process ends without `close` having run: the children are dying with us anyway
 * (parent-death signal), so only what has a name is left to remove. Returns the way to call it off.
 */
export function guardAgainstExit(parts: RackParts): () => void {
  const onExit = () => {
    spawnSync('ip', ['netns', 'delete', parts.namespace.name]);
    if (!parts.keepFiles) rmSync(parts.folder, { recursive: true, force: true });
    rmSync(recordPath(parts.namespace.name), { force: true });
  };
  process.once('exit', onExit);
  return () => process.off('exit', onExit);
}

/** Ends an HTTP server with its open connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.closeAllConnections();
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}
