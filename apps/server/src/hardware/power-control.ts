import { setTimeout as delay } from 'node:timers/promises';
import { type Bmc, BmcError, type BootDevice, type Power } from './bmc.ts';

export type PowerAction = 'on' | 'off' | 'cycle' | 'status';

export interface PowerOrder {
  action: PowerAction;
  /** Where the machine boots from when this order starts it. */
  bootDevice?: BootDevice;
}

export interface Patience {
  /** Milliseconds to wait for the power to change. */
  limit: number;
  /** Milliseconds between two looks. */
  interval: number;
}

const patience: Patience = { limit: 30_000, interval: 500 };

/**
 * Carries out an order and answers the power as it then is.
 *
 * `off` holds when the machine is really off: an `on` sent earlier would be lost. `cycle` therefore is off, wait, on,
 * and starts a machine that was off.
 */
export async function controlPower(bmc: Bmc, order: PowerOrder, wait: Patience = patience): Promise<Power> {
  switch (order.action) {
    case 'status':
      return bmc.power();
    case 'off':
      return switchOff(bmc, wait);
    case 'on':
      return switchOn(bmc, order.bootDevice, wait);
    case 'cycle':
      await switchOff(bmc, wait);
      return switchOn(bmc, order.bootDevice, wait);
  }
}

async function switchOff(bmc: Bmc, wait: Patience): Promise<Power> {
  if ((await bmc.power()) === 'off') return 'off';
  await bmc.powerOff();
  return until(bmc, 'off', wait);
}

async function switchOn(bmc: Bmc, device: BootDevice | undefined, wait: Patience): Promise<Power> {
  if ((await bmc.power()) === 'on') return 'on';
  if (device) await bmc.bootFrom(device);
  await bmc.powerOn();
  return until(bmc, 'on', wait);
}

async function until(bmc: Bmc, power: Power, wait: Patience): Promise<Power> {
  const end = Date.now() + wait.limit;
  while ((await bmc.power()) !== power) {
    if (Date.now() >= end) throw stuck(power, wait);
    await delay(wait.interval);
  }
  return power;
}

function stuck(power: Power, wait: Patience): BmcError {
  return new BmcError(
    'bmc.power_stuck',
    `The machine was not ${power} ${wait.limit / 1000} s after the BMC had been told so.`,
    'Look at the machine; reset its BMC if it ignores orders.',
  );
}
