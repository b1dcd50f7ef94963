import { describe, expect, it } from 'vitest';
import { AddressError, parseIpv4 } from '../ipv4.ts';
import { knownArchitecture } from './architecture.ts';
import { MemoryNetworkBook } from './memory-network-book.ts';

const first = '52:54:00:00:00:01';
const second = '52:54:00:00:00:02';

describe('the network book', () => {
  it('finds the innermost network of an address', () => {
    const book = new MemoryNetworkBook([{ subnet: '10.0.0.0/8' }, { subnet: '10.78.0.0/24' }]);
    const cidrOf = (address: string) => book.networkOf(parseIpv4(address))?.subnet.cidr;
    expect([cidrOf('10.78.0.9'), cidrOf('10.1.1.1'), cidrOf('192.0.2.1')]).toEqual([
      '10.78.0.0/24',
      '10.0.0.0/8',
      undefined,
    ]);
    book.removeNetwork('10.78.0.0/24');
    expect(cidrOf('10.78.0.9')).toBe('10.0.0.0/8');
  });

  it('keeps one address per NIC and network, and changes it in place', () => {
    const book = new MemoryNetworkBook([{ subnet: '10.78.0.0/24' }, { subnet: '10.79.0.0/24' }]);
    book.setNic({ mac: first.toUpperCase(), hostName: 'n1', addresses: ['10.78.0.21', '10.79.0.21'] });
    const network = book.networkOf(parseIpv4('10.79.0.1'));
    expect(network && book.reservation(first, network)).toBe(parseIpv4('10.79.0.21'));
    book.setNic({ mac: first, addresses: ['10.78.0.22'] });
    expect(network && book.reservation(first, network)).toBeUndefined();
    expect(book.reservedFor(parseIpv4('10.78.0.21'))).toBeUndefined();
    expect([book.isKnown(first), book.hostName(first)]).toEqual([true, undefined]);
    book.removeNic(first);
    expect([book.isKnown(first), book.reservedFor(parseIpv4('10.78.0.22'))]).toEqual([false, undefined]);
  });

  it('refuses an address that is kept for another, and changes nothing', () => {
    const book = new MemoryNetworkBook([{ subnet: '10.78.0.0/24' }]);
    book.setNic({ mac: first, addresses: ['10.78.0.21'] });
    expect(() => book.setNic({ mac: second, addresses: ['10.78.0.21'] })).toThrow(
      '10.78.0.21 is reserved for 52:54:00:00:00:01; free it first or choose another',
    );
    expect(book.isKnown(second)).toBe(false);
  });

  it.each([
    [{ first: '10.78.0.9', last: '10.78.0.8' }, /above the last/],
    [{ first: '10.78.0.0', last: '10.78.0.8' }, /choose within 10.78.0.1-10.78.0.254/],
    [{ first: '10.78.0.9', last: '10.78.0.255' }, /does not lie/],
    [{ first: '10.77.0.9', last: '10.78.0.8' }, /does not lie/],
  ])('refuses the range %j', (range, message) => {
    expect(() => new MemoryNetworkBook([{ subnet: '10.78.0.0/24', ranges: [range] }])).toThrow(message);
  });

  it.each([0, -1, 1.5, 0xffffffff])('refuses %d lease seconds', (leaseSeconds) => {
    expect(() => new MemoryNetworkBook([{ subnet: '10.78.0.0/24', leaseSeconds }])).toThrow(AddressError);
  });
});

describe('architectures', () => {
  it.each([
    [[0], 'bios'],
    [[7], 'uefi-x64'],
    [[9], 'uefi-x64'],
    [[16], 'uefi-x64-http'],
    [[11], 'uefi-arm64'],
    [[999, 7], 'uefi-x64'],
    [[999], undefined],
    [[], undefined],
  ])('%j is %s', (types, firmware) => {
    expect(knownArchitecture(types)?.firmware).toBe(firmware);
  });
});
