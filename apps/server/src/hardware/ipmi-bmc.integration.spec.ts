import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BmcAccess } from './bmc.ts';
import { IpmiBmc } from './ipmi-bmc.ts';
import { controlPower } from './power-control.ts';

const folder = mkdtempSync(join(tmpdir(), 'halligan-ipmi-'));
const powerFile = join(folder, 'power');
const bootFile = join(folder, 'boot');
const password = 'p@ss "word" $x';
let access: BmcAccess;
let simulator: ChildProcess;

/** The machine behind the simulator is two files. Without a guid ipmi_sim does not speak IPMI 2.0. */
const chassis = `#!/bin/sh
shift
case "$1 $2" in
  'get power') echo "power:$(cat ${powerFile})" ;;
  'get boot') echo "boot:$(cat ${bootFile})" ;;
  'set power') echo "$3" > ${powerFile} ;;
  'set boot') echo "$3" > ${bootFile} ;;
esac
`;

beforeAll(async () => {
  const port = await freeUdpPort();
  access = { driver: 'ipmi', address: '127.0.0.1', port, username: 'operator', password: 'Secret-1' };
  writeFileSync(powerFile, '0\n');
  writeFileSync(bootFile, 'none\n');
  writeFileSync(join(folder, 'chassis'), chassis, { mode: 0o755 });
  writeFileSync(join(folder, 'lan.conf'), lanConfig(port));
  writeFileSync(
    join(folder, 'mc.emu'),
    'mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02\nmc_enable 0x20\n',
  );
  const files = ['-c', join(folder, 'lan.conf'), '-f', join(folder, 'mc.emu'), '-s', folder, '-n'];
  simulator = spawn('ipmi_sim', files, { stdio: 'ignore' });
  await answering();
});

afterAll(async () => {
  if (simulator.exitCode === null) {
    simulator.kill('SIGKILL');
    await once(simulator, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('IpmiBmc against ipmi_sim', () => {
  it('switches a machine on and off, and cycles it into a network boot', async () => {
    const bmc = new IpmiBmc(access);

    expect(await bmc.power()).toBe('off');
    expect(await controlPower(bmc, { action: 'cycle', bootDevice: 'pxe' })).toMatchObject({ power: 'on' });
    expect([content(powerFile), content(bootFile)]).toEqual(['1', 'pxe']);
    expect(await controlPower(bmc, { action: 'off' })).toMatchObject({ power: 'off' });
    expect(content(powerFile)).toBe('0');
    expect(await controlPower(bmc, { action: 'on', bootDevice: 'disk' })).toMatchObject({ power: 'on' });
    expect(content(bootFile)).not.toBe('pxe');
  });

  it('names a wrong password', async () => {
    const bmc = new IpmiBmc({ ...access, password });

    await expect(bmc.power()).rejects.toMatchObject({ code: 'bmc.wrong_password' });
  });

  it('names an unknown user', async () => {
    const bmc = new IpmiBmc({ ...access, username: 'nobody' });

    await expect(bmc.power()).rejects.toMatchObject({ code: 'bmc.unknown_user' });
  });

  it('says that a controller does not answer', async () => {
    const bmc = new IpmiBmc({ ...access, port: await freeUdpPort() });

    await expect(bmc.power()).rejects.toMatchObject({ code: 'bmc.unreachable', transient: true });
  });

  it('says that a name is unknown', async () => {
    const bmc = new IpmiBmc({ ...access, address: 'bmc.invalid' });

    await expect(bmc.power()).rejects.toMatchObject({ code: 'bmc.unknown_host' });
  });

  it('shows its password to nobody', async () => {
    const asking = new IpmiBmc({ ...access, port: await freeUdpPort(), password: 'not-on-show' }).power();
    const seen = await commandLines();

    expect(seen.some((line) => line.includes('ipmitool'))).toBe(true);
    expect(seen.filter((line) => line.includes('not-on-show'))).toEqual([]);
    await expect(asking).rejects.toMatchObject({ code: 'bmc.unreachable' });
  });
});

function lanConfig(port: number): string {
  return [
    'name "bmc"',
    'set_working_mc 0x20',
    'startlan 1',
    `  addr 127.0.0.1 ${port}`,
    '  priv_limit admin',
    '  allowed_auths_admin md5',
    '  guid a123456789abcdefa123456789abcdef',
    'endlan',
    `chassis_control "${join(folder, 'chassis')} machine"`,
    'user 2 true "operator" "Secret-1" admin 10 md5',
    '',
  ].join('\n');
}

function content(file: string): string {
  return readFileSync(file, 'utf8').trim();
}

async function answering(): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await new IpmiBmc(access).power();
      return;
    } catch (error) {
      if (attempt === 20 || simulator.exitCode !== null) throw error;
      await delay(50);
    }
  }
}

async function commandLines(): Promise<string[]> {
  for (;;) {
    const running = spawn('ps', ['-ww', '-eo', 'args'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = (await running.stdout.setEncoding('utf8').toArray()).join('').split('\n');
    if (lines.some((line) => line.startsWith('ipmitool'))) return lines;
  }
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  expect(existsSync(folder)).toBe(true);
  return port;
}
