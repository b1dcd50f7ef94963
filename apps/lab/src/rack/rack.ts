import type { SpawnOptions } from 'node:child_process';
import type { Bmc } from '../bmc/bmc.ts';
import { LabError } from '../lab-error.ts';
import type { Acceleration } from '../machine/acceleration.ts';
import type { Machine } from '../machine/machine.ts';
import type { MachineOptions } from '../machine/machine-options.ts';
import type { Child } from './child.ts';
import type { RunOptions } from './namespace.ts';
import { setUpRack } from './set-up.ts';
import type { RackParts } from './teardown.ts';
import { guardAgainstExit, tearDown } from './teardown.ts';

/** What a rack is to hold. */
export interface RackOptions {
  /** Lower-case letters, digits, dashes, at most 20; the namespace is called `hg-<name>-<pid>`. */
  readonly name: string;
  /** One entry per machine; a number asks for that many with the defaults. */
  readonly machines: number | readonly MachineOptions[];
  /** Default: KVM when it works, software emulation otherwise. */
  readonly acceleration?: Acceleration;
  /** Leaves the folder (disks, consoles, server data) in place when the rack is taken down. Default false. */
  readonly keepFiles?: boolean;
  /** False leaves the rack without its IPv6 router, and iPXE waiting for one. Default true. */
  readonly routerAdvertisements?: boolean;
}

/** A machine and its BMC, as they stand in the rack. */
export interface RackUnit {
  readonly machine: Machine;
  readonly bmc: Bmc;
}

/** An emulated rack: a sealed network with a bridge, machines that are off, and BMCs that can power them on. */
export class Rack {
  readonly #parts: RackParts;
  readonly #unguard: () => void;
  #closing: Promise<void> | undefined;

  constructor(parts: RackParts) {
    this.#parts = parts;
    this.#unguard = guardAgainstExit(parts);
  }

  get namespace(): string {
    return this.#parts.namespace.name;
  }

  /** Where everything the rack writes is kept; gone after `close` unless it is to be kept. */
  get folder(): string {
    return this.#parts.folder;
  }

  get acceleration(): Acceleration {
    return this.#parts.acceleration;
  }

  get units(): readonly RackUnit[] {
    return this.#parts.units;
  }

  /** The machine at a place, from 0, with its BMC. */
  unit(index: number): RackUnit {
    const unit = this.units[index];
    if (unit === undefined) {
      throw new LabError('lab.no_such_machine', `the rack has no machine at place ${index}`, 'count from 0');
    }
    return unit;
  }

  /** Runs a program on the rack's network to its end and returns its output. */
  run(file: string, args: readonly string[], options?: RunOptions): Promise<string> {
    return this.#parts.namespace.run(file, args, options);
  }

  /** Starts a long-lived program on the rack's network; the rack ends it when it is taken down. */
  spawn(file: string, args: readonly string[], options?: SpawnOptions): Child {
    const child = this.#parts.namespace.spawn(file, args, options);
    this.#parts.children.push(child);
    return child;
  }

  /** Has `end` called when the rack is taken down, after the programs that ran on it. */
  onClose(end: () => Promise<void>): void {
    this.#parts.endings.push(end);
  }

  /** Takes everything down and leaves nothing behind. Safe to call twice and after failures. */
  close(): Promise<void> {
    this.#closing ??= tearDown(this.#parts).finally(this.#unguard);
    return this.#closing;
  }
}

/** Sets a rack up. On failure everything made so far is taken down again. */
export async function createRack(options: RackOptions): Promise<Rack> {
  return new Rack(await setUpRack(options));
}
