import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeName } from './confined-files.ts';
import { decodeTftp } from './decode-tftp.ts';
import { encodeAck, encodeDataHeader, encodeError, encodeOack, encodeRead } from './encode-tftp.ts';
import { negotiate } from './negotiate.ts';
import { toNetascii } from './netascii.ts';
import { SendWindow } from './send-window.ts';

const raw = (text: string) => Buffer.from(text, 'latin1');

describe('packets', () => {
  it.each([
    ['\0\x01pxe\0OCTET\0', { kind: 'read', file: 'pxe', mode: 'octet', options: new Map() }],
    ['\0\x02pxe\0netascii\0', { kind: 'write', file: 'pxe', mode: 'netascii', options: new Map() }],
    [
      // An option named twice keeps its first value, and one without a value is none.
      '\0\x01a\0octet\0BlkSize\x001468\0tsize\x000\0BlkSize\x008\0odd\0',
      {
        kind: 'read',
        file: 'a',
        mode: 'octet',
        options: new Map([
          ['BlkSize', '1468'],
          ['tsize', '0'],
        ]),
      },
    ],
    ['\0\x03\x01\x02data', { kind: 'data', block: 258, data: raw('data') }],
    ['\0\x04\xff\xff', { kind: 'ack', block: 65535 }],
    ['\0\x05\0\x01no file\0', { kind: 'error', code: 1, message: 'no file' }],
    ['\0\x05\0\x01', { kind: 'error', code: 1, message: '' }],
    ['\0\x06blksize\x001468\0', { kind: 'oack', options: new Map([['blksize', '1468']]) }],
  ])('%j', (bytes, packet) => {
    expect(decodeTftp(raw(bytes))).toEqual(packet);
  });

  it.each([
    '',
    '\0',
    '\0\x04',
    '\0\x04\0',
    '\0\0\0\0',
    '\0\x07\0\0',
    '\x01\x01a\0octet\0',
    '\0\x01a\0octet',
    '\0\x01\0octet\0',
    '\0\x01a\0\0',
    '\0\x01abc\0',
    `\0\x01${'a'.repeat(510)}\0octet\0`,
  ])('%j is none', (bytes) => {
    expect(decodeTftp(raw(bytes))).toBeUndefined();
  });

  it('never make the decoder throw', () => {
    const tftpLike = fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.uint8Array({ maxLength: 600 }))
      .map(([operation, rest]) => Buffer.concat([Buffer.from([0, operation]), Buffer.from(rest)]));
    fc.assert(
      fc.property(tftpLike, (bytes) => {
        decodeTftp(bytes);
      }),
      { numRuns: 5000 },
    );
  });

  it('are written', () => {
    expect(encodeRead('a', 'octet', new Map([['tsize', '0']]))).toEqual(raw('\0\x01a\0octet\0tsize\x000\0'));
    expect(encodeAck(65537)).toEqual(raw('\0\x04\0\x01'));
    expect(encodeDataHeader(65536)).toEqual(raw('\0\x03\0\0'));
    expect(encodeError(1, 'no')).toEqual(raw('\0\x05\0\x01no\0'));
    expect(encodeOack(new Map([['blksize', '512']]))).toEqual(raw('\0\x06blksize\x00512\0'));
  });

  it('netascii writes line ends as two bytes', () => {
    expect(toNetascii(raw('a\nb\rc'))).toEqual(raw('a\r\nb\r\0c'));
  });

  it.each(['\\boot\\x', '/boot/x', 'boot//x', './boot/./x'])('the name %j is boot/x', (name) => {
    expect(normalizeName(name)).toBe('boot/x');
  });
});

describe('negotiation', () => {
  const limits = { blockSize: 1468, windowSize: 64 };
  const agree = (options: Record<string, string>, size = 1000) =>
    Object.fromEntries(negotiate(new Map(Object.entries(options)), limits, size).confirmed);

  it.each([
    [{ blksize: '1024' }, { blksize: '1024' }],
    [{ BLKSIZE: '65464' }, { BLKSIZE: '1468' }],
    [{ blksize: '7' }, {}],
    [{ blksize: '65465' }, {}],
    [{ blksize: '-8' }, {}],
    [{ blksize: '1e3' }, {}],
    [{ windowsize: '16' }, { windowsize: '16' }],
    [{ windowsize: '65535' }, { windowsize: '64' }],
    [{ windowsize: '0' }, {}],
    [{ timeout: '5' }, { timeout: '5' }],
    [{ timeout: '0' }, {}],
    [{ timeout: '255' }, {}],
    [{ tsize: '0' }, { tsize: '1000' }],
    [{ multicast: '' }, {}],
    [{ constructor: '1', __proto__: '1' }, {}],
    [
      { tsize: '0', blksize: '1', timeout: '1' },
      { tsize: '1000', timeout: '1' },
    ],
  ])('%j is answered %j', (asked, confirmed) => {
    expect(agree(asked)).toEqual(confirmed);
  });

  it('keeps the size of an empty file to itself, which curl would take for an error', () => {
    expect(agree({ tsize: '0' }, 0)).toEqual({});
  });

  it('without options is RFC 1350', () => {
    expect(negotiate(new Map(), limits, 1)).toMatchObject({
      blockSize: 512,
      windowSize: 1,
      timeout: undefined,
    });
  });
});

describe('the window', () => {
  it('of one ignores repeated and foreign acknowledgements', () => {
    const window = new SendWindow(3, 1);
    expect(window.take()).toEqual({ first: 1, last: 1 });
    expect([0, 0, 2, 65535].map((block) => window.acknowledge(block))).toEqual(Array(4).fill('ignore'));
    expect(window.acknowledge(1)).toBe('send');
    expect(window.take()).toEqual({ first: 2, last: 2 });
    expect(window.acknowledge(1)).toBe('ignore');
  });

  it('of several goes back to the first block that is missing, once', () => {
    const window = new SendWindow(20, 8);
    window.take();
    expect(window.acknowledge(3)).toBe('send');
    expect(window.take()).toEqual({ first: 4, last: 11 });
    expect(window.acknowledge(3)).toBe('ignore');
    expect(window.acknowledge(11)).toBe('send');
    expect(window.take()).toEqual({ first: 12, last: 19 });
    expect([window.acknowledge(11), window.acknowledge(11)]).toEqual(['send', 'ignore']);
    expect(window.take()).toEqual({ first: 12, last: 19 });
    expect(window.acknowledge(19)).toBe('send');
    expect(window.take()).toEqual({ first: 20, last: 20 });
    expect(window.acknowledge(20)).toBe('done');
  });

  it('goes on past block 65535', () => {
    const window = new SendWindow(200_000, 1);
    const results = new Set<string>();
    for (let block = 1; block < 200_000; block += 1) {
      window.take();
      results.add(window.acknowledge(block & 0xffff));
    }
    expect([...results]).toEqual(['send']);
    window.take();
    expect(window.acknowledge(200_000 & 0xffff)).toBe('done');
  });

  it('sends nothing before something was taken', () => {
    expect(new SendWindow(1, 4).acknowledge(0)).toBe('ignore');
  });
});
