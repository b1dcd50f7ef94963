import type { Inventory } from '@halligan/pxe/discovery';
import type { NetworkFacts } from '../networks/network-facts.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { chooseDisk } from './choose-disk.ts';
import type { NodeRow } from './nodes.repository.ts';

/** The facts of one installation. Tokens, keys and package sources are added where they are handed out. */
export interface InstallParameters {
  hostname: string;
  bootEnv: string;
  /** Path of the disk, such as /dev/vda. */
  disk: string;
  /** With its prefix, such as 10.78.0.21/24. */
  address: string;
  gateway: string | null;
  dns: string[];
  nicMac: string;
  firmware: 'bios' | 'uefi';
  arch: string;
  /** Kernel arguments such as console=ttyS0,115200. */
  consoleArguments: string;
}

/** Throws a ProblemError that names what is missing and the remedy. */
export function installParameters(node: NodeRow, network: NetworkFacts | null): InstallParameters {
  const inventory = inventoryOf(node);
  if (node.bootEnv === null)
    throw lacking(node, 'boot_env', 'has no boot env', 'Name one when asking for the installation.');
  if (node.address === null || network === null)
    throw lacking(node, 'address', 'has no address', 'Allocate it first.');
  return {
    hostname: node.name,
    bootEnv: node.bootEnv,
    disk: installDisk(node),
    address: `${node.address}/${network.cidr.split('/')[1]}`,
    gateway: network.gateway,
    dns: network.dns,
    nicMac: bootMac(node),
    firmware: inventory.firmware,
    arch: inventory.arch,
    consoleArguments: node.consoleArguments,
  };
}

/** Path of the disk to wipe and install on, from the inventory as it now is. */
export function installDisk(node: NodeRow): string {
  const disk = chooseDisk(inventoryOf(node), node.installDisk);
  if (disk !== null) return disk.path;
  const what = node.installDisk === null ? 'has no disk to install on' : `has no disk ${node.installDisk}`;
  throw lacking(
    node,
    'disk',
    what,
    'Look at its inventory and set installDisk to a path, serial number or WWN in it.',
  );
}

/** The NIC the node boots through, else its first. */
export function bootMac(node: NodeRow): string {
  const nic = node.nics.find(({ boot }) => boot) ?? node.nics[0];
  if (nic === undefined) throw lacking(node, 'nic', 'has no NIC', 'Let it boot from the network.');
  return nic.mac;
}

function inventoryOf(node: NodeRow): Inventory {
  if (node.inventory !== null) return node.inventory as Inventory;
  throw lacking(node, 'inventory', 'has not been discovered', 'Let it boot the discovery image first.');
}

function lacking(node: NodeRow, what: string, says: string, remedy: string): ProblemError {
  return new ProblemError(409, `node.no_${what}`, `Node ${node.name} ${says}.`, { remedy });
}
