import { EventEmitter } from 'node:events';
import type { Child } from '../rack/child.ts';
import type { NetworkNamespace } from '../rack/namespace.ts';
import type { Acceleration } from './acceleration.ts';
import { ConsoleLog } from './console-log.ts';
import type { MachineFiles, MachineSpec } from './machine-options.ts';
import type { BootDevice } from './qemu-arguments.ts';
import { startQemu } from './qemu-process.ts';
import type { Qmp } from './qmp.ts';

export type PowerState = 'on' | 'off';

/** What a machine needs from the rack it stands in. */
export interface MachineSurroundings {
  readonly namespace: NetworkNamespace;
  readonly acceleration: Acceleration;
}

/**
 * One emulated machine: off, or a QEMU process. Power orders are obeyed one after another; "off" is only
 * reported when the process is gone, for an "on" that came earlier would be lost.
 */
export class Machine extends EventEmitter<{ power: [PowerState, Date] }> {
  readonly spec: MachineSpec;
  readonly files: MachineFiles;
  readonly console: ConsoleLog;
  readonly #surroundings: MachineSurroundings;
  #wanted: PowerState = 'off';
  #next: BootDevice | undefined;
  #qemu: Child | undefined;
  #qmp: Qmp | undefined;
  #poweredOnAt: Date | undefined;
  #orders: Promise<unknown> = Promise.resolve();

  constructor(spec: MachineSpec, files: MachineFiles, surroundings: MachineSurroundings) {
    super();
    this.spec = spec;
    this.files = files;
    this.console = new ConsoleLog(files.consoleLog);
    this.#surroundings = surroundings;
  }

  get name(): string {
    return this.spec.name;
  }

  get mac(): string {
    return this.spec.mac;
  }

  /** On from the moment the order is carried out until the process is gone; a restart counts as on. */
  get power(): PowerState {
    return this.#wanted;
  }

  /** The QEMU process's id, while there is one. */
  get pid(): number | undefined {
    return this.#qemu?.running === true ? this.#qemu.pid : undefined;
  }

  /** When the power button was last pressed; a guest's own reboot does not count. */
  get poweredOnAt(): Date | undefined {
    return this.#poweredOnAt;
  }

  /** What the next start tries first, once; network otherwise. */
  get nextBoot(): BootDevice | undefined {
    return this.#next;
  }

  set nextBoot(device: BootDevice | undefined) {
    this.#next = device;
  }

  powerOn(): Promise<void> {
    return this.#order(async () => {
      if (this.#wanted === 'on') return;
      this.#wanted = 'on';
      this.#poweredOnAt = new Date();
      this.console.note('power on');
      await this.#start();
      this.emit('power', 'on', this.#poweredOnAt);
    });
  }

  /** Pulls the plug; resolves when QEMU is gone. */
  powerOff(): Promise<void> {
    return this.#order(async () => {
      if (this.#wanted === 'off') return;
      this.console.note('power off');
      await this.#stop();
    });
  }

  /** The reset button; does nothing to a machine that is off. */
  reset(): Promise<void> {
    return this.#order(async () => {
      if (this.#wanted === 'off') return;
      this.console.note('reset');
      await this.#stop();
      this.#wanted = 'on';
      await this.#start();
    });
  }

  /** Presses the power button of a running machine; its system decides what comes of it. */
  pressPowerButton(): void {
    this.#qmp?.pressPowerButton();
  }

  /** Lights the lamp that says "this one". */
  identify(): void {
    this.console.note('identify light');
  }

  /** Types into the serial console. */
  type(text: string): void {
    this.#qemu?.process.stdin?.write(text);
  }

  /** Powers off and ends the console log. */
  async close(): Promise<void> {
    await this.powerOff();
    await this.console.close();
  }

  async #start(): Promise<void> {
    const first = this.#next ?? 'network';
    this.#next = undefined;
    try {
      const { qemu, qmp } = await startQemu(this.spec, this.files, { ...this.#surroundings, first });
      this.#qemu = qemu;
      this.#qmp = qmp;
    } catch (error) {
      this.#wanted = 'off';
      throw error;
    }
    this.#follow(this.#qemu, this.#qmp);
  }

  #follow(qemu: Child, qmp: Qmp): void {
    qemu.process.stdout?.setEncoding('utf8').on('data', (text: string) => this.console.write(text));
    void qemu.exited.then(({ lastWords }) => {
      qmp.close();
      if (this.#qemu !== qemu) return;
      if (lastWords !== '') this.console.note(`qemu: ${lastWords}`);
      void this.#order(() => this.#afterExit(qemu, qmp.shutdownReason));
    });
  }

  /** A guest's reset starts the machine anew; anything else leaves it off. */
  async #afterExit(qemu: Child, reason: string | undefined): Promise<void> {
    if (this.#qemu !== qemu) return;
    if (reason === 'guest-reset') {
      this.console.note('restart by the guest');
      return this.#start();
    }
    this.console.note(`off (${reason ?? 'qemu ended'})`);
    this.#isOff();
  }

  async #stop(): Promise<void> {
    const qemu = this.#qemu;
    this.#qemu = undefined;
    await qemu?.kill();
    this.#isOff();
  }

  #isOff(): void {
    this.#wanted = 'off';
    this.#qemu = undefined;
    this.#qmp = undefined;
    this.emit('power', 'off', new Date());
  }

  #order<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#orders.then(act);
    this.#orders = done.catch(() => undefined);
    return done;
  }
}
