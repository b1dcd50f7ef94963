import { Injectable } from '@nestjs/common';
import type { Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { candidates, portions } from './free-address.ts';
import { ADMIN_NETWORK, type NetworkFacts } from './network-facts.ts';
import {
  createReservation,
  deleteReservationsOf,
  findNetwork,
  findReservation,
  giveReservationTo,
  latestReservedAddress,
  takenAddresses,
} from './networks.repository.ts';

/** Addresses looked up in one query while searching for a free one. */
const PORTION = 64;

/** Gives nodes addresses of their own, and takes them back. */
@Injectable()
export class Reservations {
  readonly #events: Events;

  constructor(events: Events) {
    this.#events = events;
  }

  /** The address kept for this NIC in the admin network's host range; the same at every call. */
  async reserve(tx: Tx, request: { nodeId: string; mac: string }): Promise<string> {
    const existing = await findReservation(tx, request.mac);
    if (existing !== null) {
      if (existing.nodeId !== request.nodeId) await giveReservationTo(tx, request.mac, request.nodeId);
      return existing.address;
    }
    const network = await this.#adminNetwork(tx);
    const address = await freeAddress(tx, network);
    await createReservation(tx, { ...request, networkName: network.name, address });
    await this.#tell(tx, network.name, { mac: request.mac, address });
    return address;
  }

  /** Gives up all addresses of a node. */
  async release(tx: Tx, nodeId: string): Promise<void> {
    for (const { networkName, mac } of await deleteReservationsOf(tx, nodeId))
      await this.#tell(tx, networkName, { mac, address: null });
  }

  async #adminNetwork(tx: Tx): Promise<NetworkFacts> {
    const network = await findNetwork(tx, ADMIN_NETWORK);
    if (network !== null) return network;
    throw new ProblemError(409, 'network.missing', 'There is no admin network to take an address from.', {
      remedy: 'Start the server with --boot-interface, or define it: PUT /networks/admin.',
    });
  }

  #tell(tx: Tx, network: string, data: Record<string, unknown>): Promise<void> {
    return this.#events.record(tx, {
      type: 'network.reservation',
      subjectKind: 'network',
      subjectId: network,
      data,
    });
  }
}

async function freeAddress(tx: Tx, network: NetworkFacts): Promise<string> {
  const ranges = network.ranges.filter(({ purpose }) => purpose === 'host');
  const latest = await latestReservedAddress(tx, network.name);
  for (const portion of portions(candidates(ranges, latest), PORTION)) {
    const taken = await takenAddresses(tx, network.name, portion);
    const free = portion.find((address) => !taken.has(address));
    if (free !== undefined) return free;
  }
  throw new ProblemError(
    409,
    'network.addresses_exhausted',
    `Network ${network.name} has no free host address left.`,
    {
      remedy: 'Widen its host range, or delete nodes that are gone.',
    },
  );
}
