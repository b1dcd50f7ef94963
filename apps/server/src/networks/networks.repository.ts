import type { AddressRange, Db, Network, Tx } from '@halligan/db';
import type { LeaseFacts, NetworkFacts, ReservationFacts } from './network-facts.ts';

const withRanges = { ranges: { orderBy: { id: 'asc' } } } as const;

export async function allNetworks(db: Db | Tx): Promise<NetworkFacts[]> {
  const rows = await db.network.findMany({ include: withRanges, orderBy: { name: 'asc' } });
  return rows.map(networkFacts);
}

export async function findNetwork(db: Db | Tx, name: string): Promise<NetworkFacts | null> {
  const row = await db.network.findUnique({ where: { name }, include: withRanges });
  return row === null ? null : networkFacts(row);
}

/** Writes the network as it shall be; its ranges are replaced. */
export async function saveNetwork(tx: Tx, network: NetworkFacts): Promise<void> {
  const { name, ranges, ...columns } = network;
  await tx.network.upsert({ where: { name }, create: { name, ...columns }, update: columns });
  await tx.addressRange.deleteMany({ where: { networkName: name } });
  await tx.addressRange.createMany({ data: ranges.map((range) => ({ ...range, networkName: name })) });
}

export async function findReservation(db: Db | Tx, mac: string): Promise<ReservationFacts | null> {
  const row = await db.reservation.findUnique({
    where: { mac },
    include: { node: { select: { name: true } } },
  });
  return row === null ? null : { ...row, nodeName: row.node?.name ?? null };
}

export async function allReservations(db: Db | Tx): Promise<ReservationFacts[]> {
  const rows = await db.reservation.findMany({ include: { node: { select: { name: true } } } });
  return rows.map((row) => ({ ...row, nodeName: row.node?.name ?? null }));
}

/** The address that was reserved last in a network: ids are in the order of time. */
export async function latestReservedAddress(tx: Tx, networkName: string): Promise<string | null> {
  const row = await tx.reservation.findFirst({ where: { networkName }, orderBy: { id: 'desc' } });
  return row?.address ?? null;
}

/** Those of the addresses that somebody has: by reservation, or by a lease that has not run out. */
export async function takenAddresses(tx: Tx, networkName: string, addresses: string[]): Promise<Set<string>> {
  const where = { networkName, address: { in: addresses } };
  const reserved = await tx.reservation.findMany({ where, select: { address: true } });
  const leased = await tx.lease.findMany({
    where: { ...where, expiresAt: { gt: new Date() } },
    select: { address: true },
  });
  return new Set([...reserved, ...leased].map(({ address }) => address));
}

export async function createReservation(
  tx: Tx,
  reservation: { networkName: string; mac: string; address: string; nodeId: string },
): Promise<void> {
  await tx.reservation.create({ data: reservation });
}

export async function giveReservationTo(tx: Tx, mac: string, nodeId: string): Promise<void> {
  await tx.reservation.update({ where: { mac }, data: { nodeId } });
}

export async function deleteReservationsOf(tx: Tx, nodeId: string): Promise<ReservationFacts[]> {
  const rows = await tx.reservation.findMany({ where: { nodeId } });
  await tx.reservation.deleteMany({ where: { nodeId } });
  return rows.map((row) => ({ ...row, nodeName: null }));
}

export async function saveLease(tx: Tx, lease: LeaseFacts): Promise<void> {
  const { mac, ...columns } = lease;
  await tx.lease.upsert({ where: { mac }, create: lease, update: columns });
}

export async function deleteLeases(db: Db | Tx, macs: readonly string[]): Promise<void> {
  await db.lease.deleteMany({ where: { mac: { in: [...macs] } } });
}

export interface LeaseWithNode extends LeaseFacts {
  node: string | null;
}

/** Leases that have not run out, by address as text, with the node each NIC belongs to. */
export async function currentLeases(db: Db): Promise<LeaseWithNode[]> {
  const leases = await db.lease.findMany({
    where: { expiresAt: { gt: new Date() } },
    orderBy: { address: 'asc' },
  });
  const nics = await db.nodeNic.findMany({
    where: { mac: { in: leases.map(({ mac }) => mac) } },
    select: { mac: true, node: { select: { name: true } } },
  });
  const names = new Map(nics.map(({ mac, node }) => [mac, node.name]));
  return leases.map((lease) => ({ ...lease, node: names.get(lease.mac) ?? null }));
}

function networkFacts(row: Network & { ranges: AddressRange[] }): NetworkFacts {
  return {
    name: row.name,
    cidr: row.cidr,
    gateway: row.gateway,
    dns: row.dns as string[],
    ranges: row.ranges.map(({ purpose, first, last }) => ({
      purpose: purpose as NetworkFacts['ranges'][number]['purpose'],
      first,
      last,
    })),
  };
}
