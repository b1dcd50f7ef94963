import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, Namespace, type Service } from '@halligan/pxe/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const entry = new URL('../../../dist/main.netboot.js', import.meta.url).pathname;
let folder: string;
let server: Namespace;
let client: Namespace;

beforeEach(async () => {
  if (!existsSync(entry)) throw new Error(`${entry} is missing; run \`npm run build\` first`);
  folder = await mkdtemp(join(tmpdir(), 'standalone-'));
  await mkdir(join(folder, 'root/images'), { recursive: true });
  await writeFile(join(folder, 'root/boot.ipxe'), '#!ipxe\nshell\n');
  await writeFile(join(folder, 'root/images/kernel'), 'a kernel');
  server = await Namespace.create('server');
  client = await Namespace.create('client');
  const address = '10.78.0.1/24';
  await connect({ namespace: server, name: 'eth0', address }, { namespace: client, name: 'eth0' });
});
afterEach(async () => {
  await client.remove();
  await server.remove();
  await rm(folder, { recursive: true });
});

const flags = (data: string) => [
  ...['--json', '--standalone', '--interface', 'eth0', '--range', '10.78.0.100-10.78.0.101'],
  ...['--data', join(folder, data), '--tftp-root', join(folder, 'root')],
];

async function start(): Promise<{ service: Service; ready: unknown }> {
  const service = server.start(process.execPath, entry, ...flags('data'));
  return { service, ready: JSON.parse(await service.line((line) => line.startsWith('{'))) };
}

const boot = async (...more: string[]) => {
  const script = join(folder, 'script');
  await writeFile(script, '#!/bin/sh\necho "$1 $ip $boot_file"\n', { mode: 0o755 });
  return (await client.run('udhcpc', '-i', 'eth0', '-f', '-n', '-q', '-s', script, ...more)).output;
};

describe('netboot --standalone', () => {
  it('says where it is, gives addresses and boot files, and serves them over TFTP and HTTP', async () => {
    const { service, ready } = await start();
    const url = 'http://10.78.0.1:8091';
    expect(ready).toEqual({ url, bootHttp: url, dataDir: join(folder, 'data') });
    expect(await boot('-V', 'PXEClient', '-x', '0x5d:0000')).toContain('bound 10.78.0.100 undionly.kpxe');
    expect(await boot('-V', 'PXEClient', '-x', '0x4d:69505845')).toContain(
      `bound 10.78.0.100 ${url}/boot.ipxe`,
    );
    await client.ip('address', 'add', '10.78.0.9/24', 'dev', 'eth0');
    const fetch = async (from: string) => (await client.run('curl', '-s', from)).output;
    expect(await fetch(`${url}/boot.ipxe`)).toBe('#!ipxe\nshell\n');
    expect(await fetch(`${url}//images/kernel`)).toBe('a kernel');
    expect(await fetch('tftp://10.78.0.1/images/kernel')).toBe('a kernel');
    expect((await fetch('tftp://10.78.0.1/undionly.kpxe')).length).toBeGreaterThan(50_000);
    expect((await fetch(`${url}/loaders/ipxe.efi`)).length).toBeGreaterThan(500_000);
    await service.stop();
    expect(service.lines).toHaveLength(1);
  });

  it('keeps its leases over kill -9', async () => {
    const first = await start();
    expect(await boot()).toContain('bound 10.78.0.100');
    await first.service.stop('SIGKILL');
    await client.ip('link', 'set', 'dev', 'eth0', 'address', '52:54:00:00:00:77');
    const second = await start();
    expect(await boot()).toContain('bound 10.78.0.101');
    await second.service.stop();
  });

  it('leaves a port alone that is taken, and says what to do', async () => {
    const { service } = await start();
    const second = await server.run(process.execPath, entry, ...flags('other'));
    expect(second.status).toBe(1);
    expect(second.output).toContain(
      'TCP 10.78.0.1:8091 is in use; stop that program or give --boot-http-port',
    );
    const third = await server.run(process.execPath, entry, ...flags('other'), '--boot-http-port', '8092');
    expect(third.output).toMatch(/UDP .*:(67|69): another program holds it/);
    await service.stop();
  });
});
