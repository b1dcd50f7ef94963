import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../shared/database/database.ts';
import type { NetworkFacts, ReservationFacts } from './network-facts.ts';
import { allNetworks, allReservations, findNetwork, findReservation } from './networks.repository.ts';

/** What other parts may ask about networks. Inside a transaction, pass its `tx`. */
@Injectable()
export class NetworkReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(tx?: Tx): Promise<NetworkFacts[]> {
    return allNetworks(tx ?? this.#database.db);
  }

  byName(name: string, tx?: Tx): Promise<NetworkFacts | null> {
    return findNetwork(tx ?? this.#database.db, name);
  }

  reservations(tx?: Tx): Promise<ReservationFacts[]> {
    return allReservations(tx ?? this.#database.db);
  }

  /** `mac` as six lower-case pairs joined by colons. */
  reservationFor(mac: string, tx?: Tx): Promise<ReservationFacts | null> {
    return findReservation(tx ?? this.#database.db, mac);
  }
}
