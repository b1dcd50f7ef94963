import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { messageOf } from '../lab-error.ts';
import type { BootDevice } from '../machine/qemu-arguments.ts';

/** What a BMC may do to the machine it sits in. */
export interface Chassis {
  readonly power: 'on' | 'off';
  nextBoot: BootDevice | undefined;
  powerOn(): Promise<void>;
  /** Resolves when the machine is off, not sooner. */
  powerOff(): Promise<void>;
  reset(): Promise<void>;
  pressPowerButton(): void;
  identify(): void;
}

/**
 * What ipmi_sim starts for every chassis command: it hands the words to the rack and prints the answer.
 * Arguments: socket, machine, then `get NAME…`, `set NAME VALUE…` or `check NAME…`.
 */
export const CHASSIS_CONTROL_SCRIPT = `#!/bin/sh
socket=$1
shift
printf '%s\\n' "$@" | exec curl --silent --show-error --fail --max-time 30 --unix-socket "$socket" --data-binary @- http://rack/chassis
`;

/** The boot devices ipmi_sim knows, in its words, and what the machine makes of them. */
const BOOT_DEVICES = { pxe: 'network', default: 'disk' } as const;

/** Serves the chassis commands of all BMCs of a rack on a unix socket. */
export async function serveChassisControl(
  socketPath: string,
  machineNamed: (name: string) => Chassis | undefined,
): Promise<Server> {
  const server = createServer(async (request, response) => {
    const result = await answer(request, machineNamed).then(
      (body) => ({ status: 200, body }),
      (error: unknown) => ({ status: 500, body: messageOf(error) }),
    );
    response.writeHead(result.status).end(result.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(socketPath, resolve);
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  machineNamed: (name: string) => Chassis | undefined,
): Promise<string> {
  const [name = '', operation, ...words] = (await text(request)).trimEnd().split('\n');
  const machine = machineNamed(name);
  if (machine === undefined) throw new Error(`no machine ${name}`);
  return chassisCommand(machine, operation, words);
}

/** Carries out one chassis command and returns what ipmi_sim expects to read. */
export async function chassisCommand(
  machine: Chassis,
  operation: string | undefined,
  words: string[],
): Promise<string> {
  if (operation === 'get') return words.map((word) => `${word}:${readValue(machine, word)}\n`).join('');
  if (operation === 'set') await writeValue(machine, words[0], words[1]);
  return '';
}

function readValue(machine: Chassis, word: string): string {
  if (word === 'power') return machine.power === 'on' ? '1' : '0';
  if (word === 'boot')
    return machine.nextBoot === undefined ? 'none' : machine.nextBoot === 'disk' ? 'default' : 'pxe';
  throw new Error(`chassis value ${word} is not emulated`);
}

async function writeValue(
  machine: Chassis,
  word: string | undefined,
  value: string | undefined,
): Promise<void> {
  switch (word) {
    case 'power':
      return value === '1' ? machine.powerOn() : machine.powerOff();
    case 'reset':
      return machine.reset();
    case 'shutdown':
      return machine.pressPowerButton();
    case 'boot':
      machine.nextBoot = BOOT_DEVICES[value as keyof typeof BOOT_DEVICES];
      return;
    case 'identify':
      return machine.identify();
    default:
      throw new Error(`chassis value ${word} is not emulated`);
  }
}
