import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectedHeap } from '../testing/collected-heap.ts';
import { eventually } from '../testing/eventually.ts';
import { checkTftp } from './check-tftp.ts';
import { encodeRead } from './encode-tftp.ts';
import { TftpPeer } from './testing/tftp-peer.ts';
import { TftpServer } from './tftp-server.ts';

let server: TftpServer;
beforeEach(async () => {
  const resolve = (name: string) => (name === 'greeting' ? Buffer.from('hello') : null);
  server = new TftpServer({ address: '127.0.0.1', port: 0, resolve });
  await server.start();
});
afterEach(() => server.close());

/** By turns a request with one byte changed, any operation with random content, and plain noise. */
function junk(index: number): Buffer {
  const bytes = randomBytes(index % 64);
  if (index % 4 === 0) {
    const request = encodeRead(index % 8 === 0 ? 'greeting' : 'missing', 'octet');
    request[index % request.length] = index & 255;
    return request;
  }
  if (index % 4 === 1 && bytes.length > 1) bytes.writeUInt16BE(index % 8);
  return bytes;
}

/** From a client of its own, which then goes away; waits until each has been dealt with and every transfer is over. */
async function flood(count: number): Promise<void> {
  const before = server.counters.get('malformed');
  const client = await TftpPeer.open(server.port);
  for (let index = 0; index < count; index += 1) {
    await client.send(junk(index));
    if (index % 100 === 99) {
      await eventually(() => expect(server.counters.get('malformed')).toBeGreaterThan(before + index * 0.6));
    }
  }
  await client.close();
  await eventually(() => expect(server.activeTransfers).toBe(0));
}

describe('random datagrams', () => {
  it('are counted, answered only when they are requests, crash nothing and leave nothing behind', async () => {
    await flood(1000);
    const [handles, heap] = [process.getActiveResourcesInfo().length, collectedHeap()];
    await flood(4000);
    expect(collectedHeap() - heap).toBeLessThan(4000 * 256);
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles + 1);
    expect(server.counters.get('malformed')).toBeGreaterThan(2500);
    expect(await checkTftp('127.0.0.1', server.port, 'greeting')).toMatchObject({ bytes: 5 });
  });
});
