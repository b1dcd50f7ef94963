import type { Server as NetServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { LabError } from '../lab-error.ts';
import type { Rack } from '../rack/rack.ts';
import { closeServer } from '../rack/teardown.ts';
import { createForwardProxy } from './forward-proxy.ts';

const LISTEN_PROGRAM = fileURLToPath(
  new URL('./listen-program.js', import.meta.url).href.replace('/lab/src/', '/lab/dist/'),
);
const HOST = '127.0.0.1';
const PORT = 3128;

/** Where the server inside finds its way to the package mirrors; nodes cannot reach a loopback address. */
export const UPLINK_URL = `http://${HOST}:${PORT}`;

/**
 * The admin server's only way out of the rack: an HTTP proxy that listens inside and asks from outside,
 * through the proxy this machine's own apt uses, if it uses one.
 */
export async function startUplink(rack: Rack): Promise<void> {
  const proxy = createForwardProxy(await aptProxy());
  const listening = await listenInside(rack);
  await new Promise<void>((resolve) => proxy.listen(listening, resolve));
  rack.onClose(() => closeServer(proxy));
}

/** The proxy apt on this machine is configured to use for plain HTTP. */
async function aptProxy(): Promise<URL | undefined> {
  const { stdout } = await execa('apt-config', ['shell', 'PROXY', 'Acquire::http::Proxy']);
  const configured = /^PROXY='(.+)'$/m.exec(stdout)?.[1];
  return configured === undefined || configured === 'DIRECT' ? undefined : new URL(configured);
}

async function listenInside(rack: Rack): Promise<NetServer> {
  const helper = rack.spawn(process.execPath, [LISTEN_PROGRAM, HOST, String(PORT)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const handed = new Promise<NetServer>((resolve) => {
    helper.process.once('message', (_message, server) => resolve(server as NetServer));
  });
  const first = await Promise.race([handed, helper.exited]);
  if (!('lastWords' in first)) return first;
  throw new LabError('lab.no_uplink', `no proxy inside the rack: ${first.lastWords}`, 'see the message');
}
