import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, run } from '../testing/run.ts';
import { confinedFiles } from './confined-files.ts';
import { LossyProxy } from './testing/lossy-proxy.ts';
import type { TftpEvent } from './tftp-event.ts';
import { TftpServer } from './tftp-server.ts';

/** A multiple of 512, 1024 and 1428 bytes, so that the last block is empty; and more than 65535 blocks of 512. */
const sizes = { even: 512 * 1428 * 2, odd: 1_000_001, wrapping: 34_000_000 };
const text = 'one\ntwo\rthree\n';
const contents = new Map(Object.entries(sizes).map(([name, size]) => [name, randomBytes(size)]));

let folder: string;
let server: TftpServer;
const events: TftpEvent[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tftp-clients-'));
  for (const [name, bytes] of contents) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, 'text'), text);
  const resolve = confinedFiles(folder);
  server = new TftpServer({ address: '127.0.0.1', port: 0, resolve, onEvent: (event) => events.push(event) });
  await server.start();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

type Fetch = (name: string, to: string, port: number) => Promise<Finished>;

const atftp =
  (...options: string[]): Fetch =>
  (name, to, port) => {
    const flags = options.flatMap((option) => ['--option', option]);
    return run('atftp', [...flags, '-g', '-r', name, '-l', to, '127.0.0.1', `${port}`]);
  };

const clients: [string, Fetch][] = [
  ['atftp', atftp()],
  ['atftp, blocks of 1468', atftp('blksize 1468', 'tsize 0')],
  ['atftp, a window of 4', atftp('windowsize 4')],
  ['atftp, a window of 16 and blocks of 1468', atftp('windowsize 16', 'blksize 1468')],
  ['atftp, blocks larger than we allow', atftp('blksize 65464')],
  [
    'tftp-hpa',
    (name, to, port) => run('tftp', ['-m', 'octet', '127.0.0.1', `${port}`, '-c', 'get', name, to]),
  ],
  ['curl', (name, to, port) => run('curl', ['-sS', `tftp://127.0.0.1:${port}/${name}`, '-o', to])],
  [
    'curl, blocks of 1428',
    (name, to, port) =>
      run('curl', ['-sS', '--tftp-blksize', '1428', `tftp://127.0.0.1:${port}/${name}`, '-o', to]),
  ],
  [
    'curl, without options',
    (name, to, port) =>
      run('curl', ['-sS', '--tftp-no-options', `tftp://127.0.0.1:${port}/${name}`, '-o', to]),
  ],
  [
    'busybox, blocks of 1024',
    (name, to, port) =>
      run('busybox', ['tftp', '-g', '-b', '1024', '-r', name, '-l', to, '127.0.0.1', `${port}`]),
  ],
];

async function expectFetched(fetch: Fetch, name: string, port: number): Promise<void> {
  const to = join(folder, 'fetched');
  const { output } = await fetch(name, to, port);
  const fetched = await readFile(to);
  await rm(to);
  expect(fetched.equals(contents.get(name) ?? Buffer.alloc(0)), output).toBe(true);
}

describe.each(clients)('%s', (_name, fetch) => {
  it.each(['even', 'odd', 'wrapping'])('fetches %s', (name) => expectFetched(fetch, name, server.port));
});

describe('tftp-hpa in netascii', () => {
  it('gets the same text', async () => {
    const to = join(folder, 'fetched-text');
    await run('tftp', ['-m', 'ascii', '127.0.0.1', `${server.port}`, '-c', 'get', 'text', to]);
    expect(await readFile(to, 'utf8')).toBe(text);
    expect(events.at(-1)).toMatchObject({ file: 'text', kind: 'completed', bytes: text.length + 3 });
  });
});

describe('one datagram of a hundred lost', () => {
  it.each([1, 4, 16])('atftp with a window of %d arrives', async (window) => {
    const proxy = await LossyProxy.open({ port: server.port, every: 101 });
    await expectFetched(atftp(`windowsize ${window}`, 'blksize 1468'), 'odd', proxy.port);
    expect(proxy.lost).toBeGreaterThan(5);
    await proxy.close();
  });
});
