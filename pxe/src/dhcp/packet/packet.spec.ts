import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { option } from '../options/option-table.ts';
import { clientPacket } from '../testing/client-message.ts';
import { decodePacket } from './decode-packet.ts';
import { MalformedPacketError, messageType, readLenientOption, readOption } from './dhcp-packet.ts';
import { encodeOption, encodePacket } from './encode-packet.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** A DISCOVER as iPXE sends it, cut down to what matters. */
function discoverBytes(options: Buffer, names: { sname?: Buffer; file?: Buffer } = {}): Buffer {
  const header = Buffer.concat([
    // BOOTREQUEST, Ethernet, hlen 6, hops 0
    hex('01 01 06 00'),
    // xid
    hex('12 34 56 78'),
    // secs 4, broadcast flag
    hex('00 04 80 00'),
    // ciaddr, yiaddr, siaddr, giaddr 10.78.0.254
    hex('00 00 00 00  00 00 00 00  00 00 00 00  0a 4e 00 fe'),
    // chaddr
    hex('52 54 00 ab cd ef'),
  ]);
  const packet = Buffer.alloc(240);
  header.copy(packet);
  names.sname?.copy(packet, 44);
  names.file?.copy(packet, 108);
  hex('63 82 53 63').copy(packet, 236);
  return Buffer.concat([packet, options]);
}

const reason = (bytes: Buffer) => {
  try {
    decodePacket(bytes);
  } catch (error) {
    if (error instanceof MalformedPacketError) return error.reason;
    throw error;
  }
  return 'fine';
};

describe('decoding', () => {
  it('reads the fixed fields and the options, unknown ones too', () => {
    const packet = decodePacket(discoverBytes(hex('35 01 01  00 00  e0 02 be ef  ff')));
    expect(packet).toMatchObject({
      op: 1,
      xid: 0x12345678,
      secs: 4,
      broadcast: true,
      giaddr: 0x0a4e00fe,
      chaddr: hex('52 54 00 ab cd ef'),
      sname: '',
      file: '',
    });
    expect([...packet.options]).toEqual([
      [53, hex('01')],
      [224, hex('be ef')],
    ]);
  });

  it('joins an option that comes in parts (RFC 3396), also across overloaded fields (option 52), file first', () => {
    const packet = decodePacket(
      discoverBytes(hex('35 01 01  34 01 03  3c 02 50 58  ff'), {
        file: hex('3c 02 45 43 ff'),
        sname: hex('3c 05 6c 69 65 6e 74 ff'),
      }),
    );
    expect(readOption(packet.options, option.vendorClass)).toBe('PXEClient');
    expect(packet).toMatchObject({ file: '', sname: '' });
  });

  it('reads names that fill their field without a zero', () => {
    const packet = decodePacket(discoverBytes(hex('35 01 01 ff'), { file: Buffer.alloc(128, 'f') }));
    expect(packet.file).toBe('f'.repeat(128));
  });

  it('tolerates a missing end option', () => {
    expect(decodePacket(discoverBytes(hex('35 01 01'))).options.size).toBe(1);
  });

  it.each([
    ['too-short', Buffer.alloc(0)],
    ['too-short', discoverBytes(Buffer.alloc(0)).subarray(0, 239)],
    ['bad-cookie', Buffer.alloc(300)],
    ['truncated-option', discoverBytes(hex('35'))],
    ['truncated-option', discoverBytes(hex('35 02 01'))],
    ['truncated-option', discoverBytes(hex('34 01 01 ff'), { file: Buffer.alloc(128, 0x35) })],
    ['bad-overload', discoverBytes(hex('34 01 04 ff'))],
    ['bad-overload', discoverBytes(hex('34 00 ff'))],
  ])('%s', (expected, bytes) => {
    expect(reason(bytes)).toBe(expected);
  });

  it('refuses a hardware address longer than its field', () => {
    const bytes = discoverBytes(hex('35 01 01 ff'));
    bytes[2] = 17;
    expect(reason(bytes)).toBe('bad-hardware-length');
  });

  it('throws nothing but MalformedPacketError, whatever the bytes', () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 600 }).map((raw) => Buffer.from(raw)),
      fc.uint8Array({ maxLength: 300 }).map((raw) => discoverBytes(Buffer.from(raw))),
    );
    fc.assert(
      fc.property(garbage, (bytes) => {
        reason(bytes);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('option values', () => {
  const packet = decodePacket(discoverBytes(hex('35 02 01 01  5d 01 00 ff')));

  it('make the packet malformed when they decide the answer', () => {
    expect(() => readOption(packet.options, option.messageType)).toThrow(MalformedPacketError);
  });

  it('count as absent when they only describe the client', () => {
    expect(readLenientOption(packet.options, option.architectures)).toBeUndefined();
  });
});

describe('encoding', () => {
  it('is read back as it was', () => {
    const packet = {
      ...clientPacket({ type: 'discover' }),
      file: 'undionly.kpxe',
      siaddr: 0x0a4e0001,
      secs: 7,
    };
    expect(decodePacket(encodePacket(packet))).toEqual(packet);
  });

  it('pads to what BOOTP relays want', () => {
    expect(encodePacket(clientPacket({ type: 'discover' }))).toHaveLength(300);
  });

  it('splits an option above 255 bytes', () => {
    const long = encodeOption(option.bootFile, 'x'.repeat(300));
    const bytes = encodePacket({ ...clientPacket({ type: 'discover' }), options: new Map([long]) }, 1500);
    expect(bytes.subarray(240, 242)).toEqual(hex('43 ff'));
    expect(bytes.subarray(240 + 257, 240 + 259)).toEqual(hex('43 2d'));
    expect(readOption(decodePacket(bytes).options, option.bootFile)).toBe('x'.repeat(300));
  });

  it('leaves out what does not fit the size the client takes, but never the first or the last', () => {
    const options = new Map([
      encodeOption(option.messageType, messageType.ack),
      encodeOption(option.domainName, 'd'.repeat(200)),
      encodeOption(option.hostName, 'h'.repeat(200)),
      encodeOption(option.relayAgent, new Map([[1, Buffer.alloc(100)]])),
    ]);
    const packet = { ...clientPacket({ type: 'discover' }), options };
    expect([...decodePacket(encodePacket(packet, 576)).options.keys()]).toEqual([53, 82]);
    expect([...decodePacket(encodePacket(packet, 800)).options.keys()]).toEqual([53, 15, 12, 82]);
    expect(encodePacket(packet, 0).length).toBeLessThanOrEqual(548);
  });
});
