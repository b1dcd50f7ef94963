import { setTimeout as delay } from 'node:timers/promises';
import { type Bmc, BmcError, type BootDevice, type Power } from './bmc.ts';

export type PowerAction = 'on' | 'off' | 'cycle' | 'status';

export interface PowerOrder {
  action: PowerAction;
  /** Where the machine boots from when this order starts it. */
  bootDevice?: BootDevice;
}

export interface PowerResult {
  power: Power;
  /** When this order told the machine to start; null when it did not. */
  startedAt: Date | null;
}

export interface Patience {
  /** Milliseconds to wait for the power to change. */
  limit: number;
  /** Milliseconds between two looks. */
  interval: number;
}

const patience: Patience = { limit: 30_000, interval: 500 };

/**
 * Carries out an order.
 *
 * `off` holds when the machine is really off: an `on` sent earlier would be lost. `cycle` therefore is off, wait, on,
 * and starts a machine that was off.
 */
export async function controlPower(
  bmc: Bmc,
  order: PowerOrder,
  wait: Patience = patience,
): Promise<PowerResult> {
  switch (order.action) {
    case 'status':
      return { power: await bmc.power(), startedAt: null };
    case 'off':
      return switchOff(bmc, wait);
    case 'on':
      return switchOn(bmc, order.bootDevice, wait);
    case 'cycle':
      await switchOff(bmc, wait);
      return switchOn(bmc, order.bootDevice, wait);
  }
}

async function switchOff(bmc: Bmc, wait: Patience): Promise<PowerResult> {
  if ((await bmc.power()) === 'on') {
    await bmc.powerOff();
    await until(bmc, 'off', wait);
  }
  return { power: 'off', startedAt: null };
}

async function switchOn(bmc: Bmc, device: BootDevice | undefined, wait: Patience): Promise<PowerResult> {
  if ((await bmc.power()) === 'on') return { power: 'on', startedAt: null };
  if (device) await bmc.bootFrom(device);
  const startedAt = new Date();
  await bmc.powerOn();
  await until(bmc, 'on', wait);
  return { power: 'on', startedAt };
}

async function until(bmc: Bmc, power: Power, wait: Patience): Promise<void> {
  const end = Date.now() + wait.limit;
  while ((await bmc.power()) !== power) {
    if (Date.now() >= end) throw stuck(power, wait);
    await delay(wait.interval);
  }
}

function stuck(power: Power, wait: Patience): BmcError {
  return new BmcError(
    'bmc.power_stuck',
    `The machine was not ${power} ${wait.limit / 1000} s after the BMC had been told so.`,
    'Look at the machine; reset its BMC if it ignores orders.',
  );
}
