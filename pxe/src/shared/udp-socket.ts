import { createSocket, type Socket } from 'node:dgram';

/** Where to bind; port 0 takes any free one. */
export interface UdpAddress {
  readonly address: string;
  readonly port: number;
}

/** Why a UDP port cannot be had; the message names the port and the remedy. */
export class PortUnavailableError extends Error {
  readonly code = 'udp.port_unavailable';
}

/** Node resolves every destination of a send, even a numeric one, unless told how; ours are always numeric. */
function lookup(
  host: string,
  _options: unknown,
  callback: (error: null, address: string, family: number) => void,
): void {
  callback(null, host, 4);
}

/** A bound IPv4 socket. `shared` lets a second socket of this process bind the same port on another address. */
export async function bindUdp(where: UdpAddress, { shared = false } = {}): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: shared, lookup, recvBufferSize: 4 * 1024 * 1024 });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ ...where, exclusive: true }, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    return socket;
  } catch (error) {
    throw explain(error, where);
  }
}

/** Resolves when the socket's descriptor is given back. */
export function closeUdp(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

function explain(error: unknown, { address, port }: UdpAddress): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const remedies: Record<string, string> = {
    EADDRINUSE: 'another program holds it; stop that program or choose another port',
    EACCES: 'ports below 1024 need root; run as root or choose another port',
    EADDRNOTAVAIL: 'no interface has this address; bring the interface up or correct the address',
  };
  const remedy = remedies[String(code)];
  return remedy ? new PortUnavailableError(`UDP ${address}:${port}: ${remedy}`, { cause: error }) : error;
}
