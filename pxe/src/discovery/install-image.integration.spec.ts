import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureRootImage, type RootImage } from '../images/root-image.ts';
import { runCommand } from '../images/run-command.ts';
import { type DiscoveryImage, ensureDiscoveryImage } from './discovery-image.ts';
import { type ActionLines, AgentServer } from './testing/agent-server.ts';
import { Machine, type MachineOptions, missingForEmulation } from './testing/machine.ts';

const missing = missingForEmulation();
if (missing.length > 0) console.warn(`no installation tried: ${missing.join(', ')} missing`);

const MAC = '52:54:00:12:34:5a';
const MINUTE = 60_000;

/** Everything one installation needs, in a folder of its own. */
interface Rig {
  dir: string;
  image: DiscoveryImage;
  root: RootImage;
  server: AgentServer;
  port: number;
  actions: ActionLines[];
}

describe.runIf(missing.length === 0)('action install-image', () => {
  let rig: Rig;
  let machine: Machine | undefined;

  beforeEach(async () => {
    rig = await prepareRig();
  }, 10 * MINUTE);

  afterEach(async () => {
    await machine?.powerOff();
    await rig.server.close();
    await rm(rig.dir, { recursive: true, force: true });
  });

  it.each(['bios', 'uefi'] as const)(
    'installs, survives a broken download, boots and calls back (%s)',
    { timeout: 15 * MINUTE },
    async (firmware) => {
      const common: MachineOptions = {
        firmware,
        dir: rig.dir,
        mac: MAC,
        serial: 'SN1',
        disk: join(rig.dir, 'disk.qcow2'),
      };
      rig.actions.push(await installAction(rig), [
        ['id', 'a-2'],
        ['kind', 'reboot'],
      ]);
      machine = new Machine({ ...common, direct: directBoot(rig) });
      await machine.untilEnded();
      const installSeconds = machine.seconds();
      const outcomes = rig.server.seen.reports.filter(({ status }) => status?.[0] !== 'running');
      expect(outcomes.map(({ status }) => status?.[0])).toEqual(['done', 'done']);
      expect(rig.server.seen.ranges).toEqual(['bytes=20000000-']);

      const sshPort = await freePort();
      machine = new Machine({ ...common, sshPort });
      await rig.server.until((seen) => seen.firstBoot !== undefined, AbortSignal.timeout(5 * MINUTE));
      console.log(
        `${firmware}: installed after ${installSeconds.toFixed(1)} s, up ${machine.seconds().toFixed(1)} s later`,
        rig.server.seen.marks,
      );
      await expectInstalled(rig, sshPort);
    },
  );

  it('fails with the name of the value it will not take, and leaves the disk alone', {
    timeout: 5 * MINUTE,
  }, async () => {
    const action = await installAction(rig);
    rig.actions.push(
      action.map(([name, value]) => [name, name === 'hostname' ? 'a b;reboot' : value] as const),
    );
    machine = new Machine({
      firmware: 'bios',
      dir: rig.dir,
      mac: MAC,
      serial: 'SN1',
      disk: join(rig.dir, 'disk.qcow2'),
      direct: directBoot(rig),
    });
    await rig.server.until(
      (seen) => seen.reports.some(({ status }) => status?.[0] === 'failed'),
      AbortSignal.timeout(3 * MINUTE),
    );
    expect(rig.server.seen.reports.at(-1)?.message?.[0]).toContain('hostname: not acceptable: a b;reboot');
    expect('partition-start' in rig.server.seen.marks).toBe(false);
  });
});

async function prepareRig(): Promise<Rig> {
  const image = await ensureDiscoveryImage({ flavour: 'cloud' });
  const root = await ensureRootImage({ flavour: 'cloud' });
  const dir = await mkdtemp(join(tmpdir(), 'halligan-install-'));
  await runCommand('qemu-img', ['create', '-q', '-f', 'qcow2', join(dir, 'disk.qcow2'), '8G']);
  await runCommand('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(dir, 'key')]);
  const actions: ActionLines[] = [];
  const server = new AgentServer({
    agentToken: 'token-1',
    firstBootToken: 'first-boot-1',
    imagePath: root.path,
    breakImageAfter: 20_000_000,
    actions,
  });
  return { dir, image, root, server, port: await server.listen(), actions };
}

async function installAction({ dir, root, port }: Rig): Promise<ActionLines> {
  return [
    ['id', 'a-1'],
    ['kind', 'install-image'],
    ['image', '/agent/image/debian-12'],
    ['image-sha256', root.sha256],
    ['disk', '/dev/vda'],
    ['hostname', 'node-1.example.test'],
    ['address', '10.0.2.15/24'],
    ['gateway', '10.0.2.2'],
    ['dns', '10.0.2.3'],
    ['nic-mac', MAC],
    ['ssh-key', (await readFile(join(dir, 'key.pub'), 'utf8')).trim()],
    ['console', 'ttyS0,115200'],
    ['kernel-args', 'no_timer_check'],
    ['apt-proxy', 'http://10.0.2.2:3142'],
    ['apt-source', 'deb http://deb.test/debian bookworm main'],
    ['apt-source', 'Types: deb\nURIs: http://other.test/debian\nSuites: bookworm\nComponents: main'],
    ['first-boot-url', `http://10.0.2.2:${port}/agent/first-boot`],
    ['first-boot-token', 'first-boot-1'],
  ];
}

function directBoot({ image, port }: Rig) {
  const bootif = `01-${MAC.replaceAll(':', '-')}`;
  const args = `console=ttyS0 no_timer_check quiet halligan.url=http://10.0.2.2:${port} halligan.token=token-1 BOOTIF=${bootif}`;
  return { kernel: image.kernel, initrd: image.initrd, args };
}

/** Signs in with only the host keys the machine called back with being trusted, and looks at what was set up. */
async function expectInstalled({ dir, server }: Rig, sshPort: number): Promise<void> {
  const { firstBoot } = server.seen;
  expect(firstBoot).toMatchObject({ hostname: ['node-1.example.test'], os: ['debian-12'] });
  const keys = firstBoot?.['ssh-host-key'] ?? [];
  expect(keys.map((key) => key.split(' ')[0]).sort()).toEqual(['ecdsa-sha2-nistp256', 'ssh-ed25519']);
  const known = join(dir, 'known_hosts');
  await writeFile(known, keys.map((key) => `[127.0.0.1]:${sshPort} ${key}\n`).join(''));
  const ssh = (command: string): Promise<string> =>
    runCommand('ssh', [
      ...['-p', String(sshPort), '-i', join(dir, 'key'), '-o', `UserKnownHostsFile=${known}`],
      ...[
        '-o',
        'StrictHostKeyChecking=yes',
        '-o',
        'BatchMode=yes',
        '-o',
        'ConnectTimeout=60',
        'root@127.0.0.1',
        command,
      ],
    ]);
  const files = await ssh(
    'cat /etc/machine-id /etc/hosts /etc/apt/sources.list /etc/apt/sources.list.d/* /etc/apt/apt.conf.d/80*; findmnt -no SIZE /; grep root: /etc/shadow',
  );
  expect(files).toContain(`${firstBoot?.['machine-id']?.[0]}\n127.0.0.1 localhost`);
  expect(files).toContain('10.0.2.15 node-1.example.test node-1');
  expect(files).toContain('deb http://deb.test/debian bookworm main');
  expect(files).toContain('URIs: http://other.test/debian');
  expect(files).toContain('Acquire::http::Proxy "http://10.0.2.2:3142";');
  expect(files, 'grown to the 8 GB disk').toMatch(/^ *7\.\dG$/m);
  expect(files, 'no password').toMatch(/^root:[*!]/m);
  // The unit forgets its token and itself as soon as it was answered.
  const settled =
    'for i in $(seq 60); do [ -e /etc/halligan/first-boot.token ] || break; sleep 1; done; ls /etc/halligan';
  expect(await ssh(settled)).toBe('first-boot.url\n');
  expect(await ssh('systemctl is-enabled halligan-first-boot.service || true')).toBe('disabled\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address ? address.port : 0;
}
