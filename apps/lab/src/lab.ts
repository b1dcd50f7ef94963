import type { Server as NetServer } from 'node:net';
import type { HalliganClient } from '@halligan/api-client';
import { fetchPinned } from '@halligan/api-client/node';
import { LabError } from './lab-error.ts';
import { SERVER_ADDRESS } from './rack/addresses.ts';
import { createRack, type Rack, type RackOptions } from './rack/rack.ts';
import { claimPort, startRelay } from './relay/relay.ts';
import { startUplink } from './relay/uplink.ts';
import { type Admission, admit, type FirstAdministrator, tokenClient } from './server/api-session.ts';
import { API_PORT, type HalliganServer, startServer } from './server/halligan-server.ts';

export interface LabOptions extends Omit<RackOptions, 'name'> {
  /** Default `lab`. */
  readonly name?: string;
  /** Port of this machine's loopback that leads to API and dashboard; 0 takes a free one. Default 3000. */
  readonly port?: number;
  /** Where the server keeps its data; by default in the rack's folder. */
  readonly dataDir?: string;
  /** Environment for the server besides our own. */
  readonly serverEnv?: Record<string, string>;
  readonly onProgress?: (text: string) => void;
  /** Calls the start off. */
  readonly signal?: AbortSignal;
}

/** A rack with a Halligan server on it, reachable from this machine. */
export interface Lab {
  readonly rack: Rack;
  /** The server as it was started last. */
  readonly server: HalliganServer;
  /** Of API and dashboard, from this machine. */
  readonly url: string;
  readonly fingerprint: string;
  readonly dataDir: string;
  readonly admin: Admission;
  readonly client: HalliganClient;
  /** A fetch pinned to the server's certificate, for event streams. */
  readonly fetch: typeof globalThis.fetch;
  /** Stops the server and starts it again on the same data. */
  restartServer(): Promise<HalliganServer>;
  /** Ends everything and leaves nothing behind. */
  close(): Promise<void>;
}

/** Sets up a rack, starts the server on it and signs in. On failure nothing stays behind. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const claimed = await claimPort(options.port ?? 3000);
  const say = options.onProgress ?? (() => undefined);
  let rack: Rack | undefined;
  try {
    say('rack');
    rack = await createRack({ ...options, name: options.name ?? 'lab' });
    return await startOn(rack, claimed, options, say);
  } catch (error) {
    claimed.close();
    await rack?.close();
    throw error;
  }
}

async function startOn(
  rack: Rack,
  claimed: NetServer,
  options: LabOptions,
  say: (text: string) => void,
): Promise<Lab> {
  const url = `https://127.0.0.1:${portOf(claimed)}`;
  await startUplink(rack);
  const { serverEnv, dataDir, signal } = options;
  const where = {
    ...(serverEnv && { env: serverEnv }),
    ...(dataDir !== undefined && { dataDir }),
    ...(signal && { signal }),
  };
  say('server');
  let server = await startServer(rack, where);
  await startRelay(rack, claimed, { host: SERVER_ADDRESS, port: API_PORT });
  const { certificateFingerprint: fingerprint } = server.ready;
  const fetch = fetchPinned(fingerprint);
  say('sign-in');
  const admin = await admit(url, fetch, firstAdministrator(server));
  return {
    rack,
    url,
    fingerprint,
    admin,
    fetch,
    dataDir: server.ready.dataDir,
    client: tokenClient(url, fingerprint, admin.token),
    get server() {
      return server;
    },
    restartServer: async () => {
      await server.child.stop(15_000);
      server = await startServer(rack, where);
      return server;
    },
    close: () => rack.close(),
  };
}

function portOf(server: NetServer): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function firstAdministrator({ ready }: HalliganServer): FirstAdministrator {
  if (ready.admin !== undefined) return ready.admin;
  throw new LabError(
    'lab.no_password',
    `the server has not made an administrator in ${ready.dataDir}`,
    'start it with an empty data folder',
  );
}
