import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRack, LabError, type Rack, SERVER_ADDRESS } from '../index.ts';
import { claimPort, startRelay } from './relay.ts';
import { startUplink, UPLINK_URL } from './uplink.ts';

const ANSWERER = `
  const { createServer } = require('node:http');
  createServer((_, answer) => answer.end('from inside')).listen(3000, '${SERVER_ADDRESS}', () => console.log('up'));
`;

function fetchText(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port }, (response) => resolve(text(response))).on('error', reject);
  });
}

describe('the ways into and out of a rack', () => {
  let rack: Rack;

  beforeAll(async () => {
    rack = await createRack({ name: 'relay', machines: 0, routerAdvertisements: false });
  });

  afterAll(() => rack.close());

  it('lead a port of this machine in', async () => {
    const program = rack.spawn(process.execPath, ['-e', ANSWERER], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => program.process.stdout?.once('data', resolve));
    const claimed = await claimPort(0);
    const { port } = claimed.address() as AddressInfo;
    await startRelay(rack, claimed, { host: SERVER_ADDRESS, port: 3000 });
    expect(await Promise.all([fetchText(port), fetchText(port)])).toEqual(['from inside', 'from inside']);
  });

  it('name a busy port and the remedy', async () => {
    const claimed = await claimPort(0);
    const { port } = claimed.address() as AddressInfo;
    const refusal = await claimPort(port).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LabError);
    expect(refusal).toMatchObject({ code: 'lab.port_busy', remedy: expect.stringContaining('--port') });
    claimed.close();
  });

  it('lead out through the proxy and nowhere else', async () => {
    const outside = createServer((_, answer) => answer.end('from outside'));
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
    await startUplink(rack);
    expect(await rack.run('curl', ['-sS', '--proxy', UPLINK_URL, '--noproxy', '', url])).toBe('from outside');
    await expect(rack.run('curl', ['-sS', '--noproxy', '*', url])).rejects.toThrow(/connect/);
    outside.close();
  });
});
