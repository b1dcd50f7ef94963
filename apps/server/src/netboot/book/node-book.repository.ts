import type { Db } from '@halligan/db';
import type { NextBoot } from '../../nodes/node-state.ts';

/** What the boot plane must know of a node. */
export interface BootRecord {
  nodeId: string;
  name: string;
  state: string;
  nextBoot: NextBoot;
  bootEnv: string | null;
  consoleArguments: string;
  /** Of its NICs, and the address kept for each, if any. */
  nics: { mac: string; address: string | null }[];
}

const columns = {
  id: true,
  name: true,
  state: true,
  nextBoot: true,
  bootEnv: true,
  consoleArguments: true,
  nics: { select: { mac: true } },
  reservations: { select: { mac: true, address: true } },
} as const;

export async function allBootRecords(db: Db): Promise<BootRecord[]> {
  return (await db.node.findMany({ select: columns })).map(bootRecord);
}

export async function findBootRecord(db: Db, nodeId: string): Promise<BootRecord | null> {
  const row = await db.node.findUnique({ where: { id: nodeId }, select: columns });
  return row && bootRecord(row);
}

interface Row {
  id: string;
  name: string;
  state: string;
  nextBoot: string;
  bootEnv: string | null;
  consoleArguments: string;
  nics: { mac: string }[];
  reservations: { mac: string; address: string }[];
}

function bootRecord({ id, nics, reservations, nextBoot, ...row }: Row): BootRecord {
  const addresses = new Map(reservations.map(({ mac, address }) => [mac, address]));
  const macs = new Set([...nics.map(({ mac }) => mac), ...addresses.keys()]);
  return {
    ...row,
    nodeId: id,
    nextBoot: nextBoot as NextBoot,
    nics: [...macs].map((mac) => ({ mac, address: addresses.get(mac) ?? null })),
  };
}
