import { type Bmc, BmcError, type BootDevice, type Power } from './bmc.ts';

/** A board controller in memory. It needs `lag` status questions to switch, as real ones do. */
export class FakeBmc implements Bmc {
  readonly log: string[] = [];
  bootDevice: BootDevice | null = null;
  #power: Power;
  #aim: Power;
  #questionsLeft = 0;
  readonly #lag: number;
  readonly #broken: boolean;

  constructor(options: { power?: Power; lag?: number; broken?: boolean } = {}) {
    this.#power = options.power ?? 'off';
    this.#aim = this.#power;
    this.#lag = options.lag ?? 0;
    this.#broken = options.broken ?? false;
  }

  async power(): Promise<Power> {
    this.#answer();
    if (this.#questionsLeft > 0) this.#questionsLeft -= 1;
    else this.#power = this.#aim;
    return this.#power;
  }

  async powerOn(): Promise<void> {
    this.#order('on');
  }

  async powerOff(): Promise<void> {
    this.#order('off');
  }

  async bootFrom(device: BootDevice): Promise<void> {
    this.#answer();
    this.log.push(`boot ${device}`);
    this.bootDevice = device;
  }

  #order(aim: Power): void {
    this.#answer();
    this.log.push(aim);
    if (aim === this.#aim) return;
    this.#aim = aim;
    this.#questionsLeft = this.#lag;
  }

  #answer(): void {
    if (this.#broken)
      throw new BmcError('bmc.unreachable', 'The BMC at 192.0.2.1:623 does not answer.', 'Check its cable.');
  }
}
