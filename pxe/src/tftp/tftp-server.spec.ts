import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { checkTftp, TftpCheckError } from './check-tftp.ts';
import { confinedFiles } from './confined-files.ts';
import { encodeAck, encodeError, encodeRead } from './encode-tftp.ts';
import { TftpPeer } from './testing/tftp-peer.ts';
import type { TftpEvent } from './tftp-event.ts';
import { TftpServer, type TftpServerOptions } from './tftp-server.ts';

const big = randomBytes(3_000_000);
let root: string;
let server: TftpServer;
let peer: TftpPeer;
let events: TftpEvent[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tftp-'));
  await mkdir(join(root, 'served/sub'), { recursive: true });
  await writeFile(join(root, 'secret'), 'secret');
  await symlink('../secret', join(root, 'served/link-out'));
  await symlink('sub/big', join(root, 'served/link-in'));
  await writeFile(join(root, 'served/sub/big'), big);
});
afterAll(() => rm(root, { recursive: true }));

async function start(options: Partial<TftpServerOptions> = {}): Promise<void> {
  events = [];
  const files = confinedFiles(join(root, 'served'));
  server = new TftpServer({
    address: '127.0.0.1',
    port: 0,
    resolve: (name, from) => {
      if (name === 'greeting') return Buffer.from(`hello\n${from.address}`);
      return name.startsWith('bytes-') ? big.subarray(0, Number(name.slice(6))) : files(name);
    },
    onEvent: (event) => events.push(event),
    ...options,
  });
  await server.start();
  peer = await TftpPeer.open(server.port);
}

beforeEach(() => start());
afterEach(async () => {
  await peer.close();
  await server.close();
  expect(server.activeTransfers).toBe(0);
});

const kinds = () => events.map((event) => ('reason' in event ? `${event.kind} ${event.reason}` : event.kind));

describe('a transfer', () => {
  it.each([0, 1, 511, 512, 513, 1024, 5120])(
    'of %d bytes arrives, with an empty block after a full last one',
    async (size) => {
      expect(await peer.fetch(`bytes-${size}`)).toEqual(big.subarray(0, size));
      await eventually(() =>
        expect(events.at(-1)).toMatchObject({ kind: 'completed', bytes: size, repeats: 0 }),
      );
    },
  );

  it.each([
    [8, 1, 900],
    [1000, 1, 100_000],
    [1468, 4, 3_000_000],
    [1468, 64, 3_000_000],
    [8, 7, 600_000],
  ])('with blocks of %d bytes and a window of %d arrives (%d bytes)', async (blksize, windowsize, size) => {
    const options = { blksize: `${blksize}`, windowsize: `${windowsize}` };
    expect((await peer.fetch(`bytes-${size}`, options)).equals(big.subarray(0, size))).toBe(true);
  });

  it('from disk arrives, also through a link that stays inside', async () => {
    const options = { blksize: '1468', windowsize: '16' };
    expect((await peer.fetch('/sub/big', options)).equals(big)).toBe(true);
    expect((await peer.fetch('\\link-in', options)).equals(big)).toBe(true);
  });

  it.each([1, 4, 16])('with a window of %d recovers from lost blocks', async (window) => {
    const lost = new Set([2, 7, 8, 31]);
    const options = { blksize: '512', windowsize: `${window}` };
    const lose = (block: number) => lost.delete(block);
    expect((await peer.fetch('bytes-20000', options, lose)).equals(big.subarray(0, 20_000))).toBe(true);
    expect(lost.size).toBe(0);
  });

  it('is known to its resolver by the client', async () => {
    expect((await peer.fetch('greeting')).toString()).toBe('hello\n127.0.0.1');
  });

  it('confirms options as the client spelt them, and sends the size as text will have it', async () => {
    const oack = await peer.request('greeting', { TSIZE: '0', blkSize: '600', nonsense: '1' }, 'netascii');
    expect(oack).toMatchObject({ kind: 'oack' });
    if (oack.kind === 'oack')
      expect([...oack.options]).toEqual([
        ['TSIZE', '16'],
        ['blkSize', '600'],
      ]);
    await peer.send(encodeAck(0), oack.port);
    expect(await peer.next()).toMatchObject({ kind: 'data', data: Buffer.from('hello\r\n127.0.0.1') });
  });

  it('is repeated when nothing comes back, and a repeated acknowledgement doubles nothing', async () => {
    const first = await peer.request('bytes-2000');
    expect(await peer.next()).toMatchObject({ kind: 'data', block: 1 });
    for (let time = 0; time < 5; time += 1) await peer.send(encodeAck(1), first.port);
    expect(await peer.next()).toMatchObject({ kind: 'data', block: 2 });
    await peer.send(encodeAck(2), first.port);
    expect(await peer.next()).toMatchObject({ kind: 'data', block: 3 });
    expect(peer.count).toBe(4);
  });

  it('ends when the client says so, or is gone', async () => {
    const { port } = await peer.request('sub/big');
    await peer.send(encodeError(8, 'only wanted the size'), port);
    await eventually(() => expect(kinds()).toEqual(['started', 'failed client-error']));
    const second = await TftpPeer.open(server.port);
    await second.request('sub/big');
    await second.close();
    await eventually(() => expect(kinds()).toContain('failed client-gone'));
    expect(server.activeTransfers).toBe(0);
  });

  it('hears nobody but its client', async () => {
    const { port } = await peer.request('bytes-2000');
    const stranger = await TftpPeer.open(server.port);
    for (const bytes of [Buffer.alloc(0), Buffer.from([0]), encodeAck(1), encodeError(0, 'x')]) {
      await stranger.send(bytes, port);
    }
    await peer.send(Buffer.from([0]), port);
    await peer.send(Buffer.alloc(0), port);
    await peer.send(encodeAck(1), port);
    expect(await peer.next()).toMatchObject({ kind: 'data', block: 2 });
    expect(stranger.count).toBe(0);
    await stranger.close();
  });

  it('of a file that shrinks is broken off with a word', async () => {
    await writeFile(join(root, 'served/shrinking'), big.subarray(0, 2_000_000));
    let packet = await peer.request('shrinking', { blksize: '1000' });
    await truncate(join(root, 'served/shrinking'), 300_000);
    for (let block = 0; packet.kind === 'oack' || packet.kind === 'data'; block += 1) {
      await peer.send(encodeAck(block), packet.port);
      packet = await peer.next();
    }
    expect(packet).toMatchObject({ kind: 'error', message: expect.stringContaining('shorter') });
  });

  it('is told when the server stops', async () => {
    await peer.request('sub/big');
    await server.close();
    expect(await peer.next()).toMatchObject({ kind: 'error', message: 'the server is shutting down' });
  });
});

describe('a request', () => {
  it.each([
    'missing',
    'sub',
    'link-out',
    '../secret',
    'sub/../../secret',
    '..\\secret',
    '/etc/passwd',
    'a'.repeat(400),
  ])('for %j finds nothing', async (name) => {
    expect(await peer.request(name)).toMatchObject({ kind: 'error' });
    expect(kinds()[0]).toMatch(/refused (not-found|unreadable)/);
  });

  it('to write, or in a mode of the past, is refused', async () => {
    const write = encodeRead('new', 'octet');
    write[1] = 2;
    await peer.send(write);
    expect(await peer.next()).toMatchObject({ kind: 'error', code: 2 });
    expect(await peer.request('greeting', {}, 'mail')).toMatchObject({ kind: 'error', code: 4 });
  });

  it('that comes again before the answer was heard starts no second transfer', async () => {
    await peer.send(encodeRead('sub/big', 'octet'));
    await peer.request('sub/big');
    await eventually(() => expect(kinds()).toContain('repeated-request'));
    expect(server.activeTransfers).toBe(1);
  });

  it('from the same port for the next file is served, as ROMs ask', async () => {
    const first = await peer.request('bytes-600');
    await peer.send(encodeAck(1), first.port);
    await peer.next();
    expect(await peer.request('greeting')).toMatchObject({ kind: 'data', block: 1 });
  });

  it('beyond the limit is not answered, and served when asked again', async () => {
    await server.close();
    await peer.close();
    await start({ maxTransfersPerAddress: 1 });
    const first = await peer.request('bytes-100');
    const second = await TftpPeer.open(server.port);
    await second.send(encodeRead('greeting', 'octet'));
    await eventually(() => expect(kinds()).toContain('refused busy'));
    await peer.send(encodeAck(1), first.port);
    await eventually(() => expect(server.activeTransfers).toBe(0));
    expect(await second.request('greeting')).toMatchObject({ kind: 'data' });
    await second.close();
  });

  it('whose resolver fails is answered without its reasons', async () => {
    await server.close();
    await peer.close();
    await start({ resolve: () => Promise.reject(new Error('inner matters')) });
    expect(await peer.request('x')).toMatchObject({ kind: 'error', message: 'the file cannot be read' });
    expect(events[0]).toMatchObject({ reason: 'unreadable', detail: 'Error: inner matters' });
  });
});

describe('the health check', () => {
  it('fetches a file with an independent client', async () => {
    expect(await checkTftp('127.0.0.1', server.port, 'sub/big')).toMatchObject({ bytes: big.length });
    expect(await checkTftp('127.0.0.1', server.port, 'greeting')).toMatchObject({ bytes: 15 });
  });

  it('says what to look at when it cannot', async () => {
    await expect(checkTftp('127.0.0.1', server.port, 'missing')).rejects.toThrow(TftpCheckError);
    await expect(checkTftp('127.0.0.1', server.port, 'missing')).rejects.toThrow(/missing cannot be fetched/);
  });
});
