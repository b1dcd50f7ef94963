import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { LabError } from '../lab-error.ts';
import type { Child } from '../rack/child.ts';
import type { Rack } from '../rack/rack.ts';

const RELAY_PROGRAM = fileURLToPath(
  new URL('./relay-program.js', import.meta.url).href.replace('/lab/src/', '/lab/dist/'),
);

/** Takes a port of this machine's loopback; says what to do when it is taken. */
export async function claimPort(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    throw new LabError(
      'lab.port_busy',
      `port ${port} on 127.0.0.1 is in use`,
      `end the program that uses it (ss -ltnp sport = :${port}), or choose another with --port`,
      { cause: error },
    );
  });
  return server;
}

/**
 * Leads connections to a claimed port into the rack. A socket belongs to the network it was made in, so the
 * listening one is handed to a program inside, which makes the other half there.
 */
export async function startRelay(
  rack: Rack,
  claimed: Server,
  target: { host: string; port: number },
): Promise<Child> {
  const relay = rack.spawn(process.execPath, [RELAY_PROGRAM, target.host, String(target.port)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  await relay.started();
  const accepting = new Promise<void>((resolve) => {
    relay.process.once('message', () => resolve());
  });
  relay.process.send('listen', claimed);
  const ended = await Promise.race([accepting, relay.exited]);
  if (ended !== undefined) {
    throw new LabError('lab.no_relay', `no way into the rack: ${ended.lastWords}`, 'see the message');
  }
  claimed.close();
  return relay;
}
