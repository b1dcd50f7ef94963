import { networkInterfaces } from 'node:os';

/** Standalone netboot cannot start as it was told; the message names the flag and the remedy. */
export class StandaloneError extends Error {
  readonly code = 'netboot.cannot_start';
}

/** The IPv4 address of an interface and its subnet in CIDR notation. */
export interface BootInterface {
  readonly address: string;
  readonly subnet: string;
}

/** Reads the first IPv4 address of an interface. */
export function readBootInterface(name: string): BootInterface {
  const found = networkInterfaces()[name];
  if (!found) {
    const known = Object.keys(networkInterfaces()).join(', ');
    throw new StandaloneError(
      `--interface ${name}: there is no such interface that is up; there are: ${known}`,
    );
  }
  const ipv4 = found.find(({ family }) => family === 'IPv4');
  if (!ipv4?.cidr) {
    throw new StandaloneError(
      `--interface ${name} has no IPv4 address; give it one, such as: ip address add 10.78.0.1/24 dev ${name}`,
    );
  }
  return { address: ipv4.address, subnet: ipv4.cidr };
}
