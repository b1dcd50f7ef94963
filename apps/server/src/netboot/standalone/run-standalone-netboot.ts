import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startDirectoryServer } from '@halligan/pxe/boot';
import {
  type DhcpEvent,
  DhcpServer,
  LeaseStore,
  MemoryNetworkBook,
  type RecoveryReport,
} from '@halligan/pxe/dhcp';
import { confinedFiles, type TftpEvent, type TftpResolver, TftpServer } from '@halligan/pxe/tftp';
import { readBootInterface, StandaloneError } from './boot-interface.ts';
import { findLoader, standaloneBoot } from './standalone-loaders.ts';

/** What `halligan netboot --standalone` was told. */
export interface StandaloneOptions {
  /** Name of the interface the nodes are on. */
  readonly interface: string;
  readonly range: { readonly first: string; readonly last: string };
  /** Folder for the lease journal; made when it is not there. */
  readonly dataDir: string;
  /** Folder whose files TFTP and boot HTTP serve; none serves boot loaders only. */
  readonly tftpRoot: string | null;
  readonly bootHttpPort: number;
  readonly onEvent: (event: StandaloneEvent) => void;
}

/** Everything that is worth telling while it runs. */
export type StandaloneEvent =
  | { readonly from: 'dhcp'; readonly event: DhcpEvent }
  | { readonly from: 'tftp'; readonly event: TftpEvent }
  | { readonly from: 'leases'; readonly recovery: RecoveryReport }
  | { readonly from: 'boot-http'; readonly error: unknown };

/** A running standalone netboot; `url` is the boot HTTP too, for there is no api. */
export interface StandaloneNetboot {
  readonly url: string;
  readonly bootHttp: string;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** The iPXE script that is handed out when the folder has it. */
const scriptName = 'boot.ipxe';

type Closing = () => Promise<void>;

/** Starts DHCP, TFTP and boot HTTP on one interface, without api, database or Redis; all of them or none. */
export async function runStandaloneNetboot(options: StandaloneOptions): Promise<StandaloneNetboot> {
  const closings: Closing[] = [];
  const close = async () => {
    for (const closing of closings.splice(0).reverse()) await closing();
  };
  try {
    const bootHttp = await startAll(options, closings);
    return { url: bootHttp, bootHttp, dataDir: options.dataDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAll(options: StandaloneOptions, closings: Closing[]): Promise<string> {
  const { tftpRoot } = options;
  if (tftpRoot !== null && !existsSync(tftpRoot)) {
    throw new StandaloneError(
      `--tftp-root ${tftpRoot}: there is no such folder; make it or correct the path`,
    );
  }
  const { address, subnet } = readBootInterface(options.interface);
  const networks = new MemoryNetworkBook([{ subnet, ranges: [options.range] }]);
  const bootHttp = await startBootHttp(options, address, closings);
  await startTftp(options, address, closings);
  const { store, recovery } = await LeaseStore.open(join(options.dataDir, 'netboot'));
  options.onEvent({ from: 'leases', recovery });
  closings.push(() => store.close());
  const script = tftpRoot !== null && existsSync(join(tftpRoot, scriptName)) ? scriptName : null;
  const boot = standaloneBoot({ bootHttp, script });
  const onEvent = (event: DhcpEvent) => options.onEvent({ from: 'dhcp', event });
  const dhcp = new DhcpServer({ address, networks, leases: store, boot, onEvent });
  await dhcp.start();
  closings.push(() => dhcp.close());
  return bootHttp;
}

async function startBootHttp(
  options: StandaloneOptions,
  address: string,
  closings: Closing[],
): Promise<string> {
  const port = options.bootHttpPort;
  const http = await startDirectoryServer({
    address,
    port,
    root: options.tftpRoot,
    loader: findLoader,
    onFault: (error) => options.onEvent({ from: 'boot-http', error }),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new StandaloneError(`TCP ${address}:${port} is in use; stop that program or give --boot-http-port`);
  });
  closings.push(() => http.close());
  return `http://${address}:${http.port}`;
}

async function startTftp(options: StandaloneOptions, address: string, closings: Closing[]): Promise<void> {
  const tftp = new TftpServer({
    address,
    resolve: resolverFor(options.tftpRoot),
    onEvent: (event) => options.onEvent({ from: 'tftp', event }),
  });
  await tftp.start();
  closings.push(() => tftp.close());
}

/** The folder's own file wins over a boot loader of the same name. */
function resolverFor(root: string | null): TftpResolver {
  const files = root === null ? async () => null : confinedFiles(root);
  return async (name) => {
    const file = await files(name);
    if (file) return file;
    const loader = findLoader(name);
    return loader === null ? null : { path: loader };
  };
}
