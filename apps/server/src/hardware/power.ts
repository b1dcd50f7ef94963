import { Injectable } from '@nestjs/common';
import type { Bmc, BmcAccess } from './bmc.ts';
import { IpmiBmc } from './ipmi-bmc.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { controlPower, type PowerOrder, type PowerResult } from './power-control.ts';

/** Makes the right kind of board controller; tests put fakes here. */
@Injectable()
export class BmcDrivers {
  open(access: BmcAccess): Bmc {
    switch (access.driver) {
      case 'ipmi':
        return new IpmiBmc(access);
    }
  }
}

/** Carries out power orders, one at a time per board controller: most of them answer only one caller. */
@Injectable()
export class PowerService {
  readonly #drivers: BmcDrivers;
  readonly #queue = new KeyedQueue();

  constructor(drivers: BmcDrivers) {
    this.#drivers = drivers;
  }

  /** Answers once the order holds; throws a BmcError that names the cause and the remedy. */
  control(access: BmcAccess, order: PowerOrder): Promise<PowerResult> {
    return this.#queue.run(`${access.address}:${access.port}`, () =>
      controlPower(this.#drivers.open(access), order),
    );
  }
}
