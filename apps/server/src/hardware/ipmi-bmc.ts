import type { Bmc, BmcAccess, BootDevice, Power } from './bmc.ts';
import { ipmiError } from './ipmi-errors.ts';
import { ipmitool } from './ipmitool.ts';

/** A board controller that speaks IPMI 2.0 over the network. */
export class IpmiBmc implements Bmc {
  readonly #access: BmcAccess;

  constructor(access: BmcAccess) {
    this.#access = access;
  }

  async power(): Promise<Power> {
    const words = await ipmitool(this.#access, ['chassis', 'power', 'status']);
    const [, power] = /Chassis Power is (on|off)/i.exec(words) ?? [];
    if (!power)
      throw ipmiError(`${this.#access.address}:${this.#access.port}`, `unexpected answer: ${words}`);
    return power.toLowerCase() as Power;
  }

  async powerOn(): Promise<void> {
    await ipmitool(this.#access, ['chassis', 'power', 'on']);
  }

  async powerOff(): Promise<void> {
    await ipmitool(this.#access, ['chassis', 'power', 'off']);
  }

  async bootFrom(device: BootDevice): Promise<void> {
    await ipmitool(this.#access, ['chassis', 'bootdev', device]);
  }
}
