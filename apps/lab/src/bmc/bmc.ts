import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LabError, messageOf } from '../lab-error.ts';
import type { MachineSpec } from '../machine/machine-options.ts';
import { bmcAddress } from '../rack/addresses.ts';
import type { Child } from '../rack/child.ts';
import type { NetworkNamespace } from '../rack/namespace.ts';
import { type BmcAccess, emulatorCommands, lanConfig } from './ipmi-sim-config.ts';

const IPMI_PORT = 623;
const READY_WITHIN_MS = 10_000;

/** A machine's emulated BMC: IPMI 2.0 over LAN, spoken by ipmi_sim, with a password of its own. */
export class Bmc {
  readonly access: BmcAccess;
  readonly #namespace: NetworkNamespace;
  readonly #process: Child;

  private constructor(access: BmcAccess, namespace: NetworkNamespace, process: Child) {
    this.access = access;
    this.#namespace = namespace;
    this.#process = process;
  }

  /** Starts the BMC and waits until it answers. `chassisControl` is the command line ipmi_sim runs per order. */
  static async start(
    spec: MachineSpec,
    namespace: NetworkNamespace,
    { folder, chassisControl }: { readonly folder: string; readonly chassisControl: string },
  ): Promise<Bmc> {
    const access = newAccess(spec.index);
    const state = join(folder, 'bmc');
    await mkdir(state, { mode: 0o700 });
    const lan = join(state, 'lan.conf');
    const commands = join(state, 'commands.emu');
    await writeFile(lan, lanConfig(spec.name, spec.uuid, access, chassisControl), { mode: 0o600 });
    await writeFile(commands, emulatorCommands);
    const args = ['-c', lan, '-f', commands, '-s', state, '-n'];
    const child = namespace.spawn('ipmi_sim', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const bmc = new Bmc(access, namespace, child);
    await bmc.#answers(spec.name);
    return bmc;
  }

  /** Runs ipmitool against this BMC, as an administrator at another desk would, and returns what it printed. */
  ipmi(...words: string[]): Promise<string> {
    const { address, port, username, password } = this.access;
    const login = ['-I', 'lanplus', '-C', '3', '-H', address, '-p', String(port), '-U', username, '-E'];
    return this.#namespace.run('ipmitool', [...login, ...words], {
      env: { IPMI_PASSWORD: password },
      timeoutMs: 30_000,
    });
  }

  async stop(): Promise<void> {
    await this.#process.stop(1000);
  }

  async #answers(name: string): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      try {
        await this.ipmi('chassis', 'power', 'status');
        return;
      } catch (error) {
        await this.#giveUpIfHopeless(name, deadline, error);
      }
    }
  }

  async #giveUpIfHopeless(name: string, deadline: number, error: unknown): Promise<void> {
    if (this.#process.running && Date.now() < deadline) return delay(50);
    const { lastWords } = await this.#process.stop(500);
    throw new LabError(
      'lab.bmc_did_not_start',
      `the BMC of ${name} does not answer: ${lastWords || messageOf(error)}`,
      '`npm run setup` installs ipmi_sim (package openipmi) and ipmitool',
      { cause: error },
    );
  }
}

/** No BMC leaves the factory with a password known to all. IPMI 2.0 takes 20 bytes, IPMI 1.5 sixteen. */
function newAccess(index: number): BmcAccess {
  const password = randomBytes(12).toString('base64url');
  return { address: bmcAddress(index), port: IPMI_PORT, username: 'operator', password };
}
