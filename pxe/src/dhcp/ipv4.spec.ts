import { describe, expect, it } from 'vitest';
import { AddressError, formatIpv4, parseIpv4, parseSubnet, subnetContains } from './ipv4.ts';
import { parseMac } from './mac-address.ts';

describe('addresses', () => {
  it('are read and written', () => {
    expect(parseIpv4('255.255.255.254')).toBe(0xfffffffe);
    expect(formatIpv4(0x0a4e0001)).toBe('10.78.0.1');
  });

  it.each(['10.78.0', '10.78.0.256', '010.1.1.1', '0x0a.0.0.1', '', '10.78.0.1 '])('refuse %j', (text) => {
    expect(() => parseIpv4(text)).toThrow(AddressError);
  });

  it('lie in a subnet or not', () => {
    const subnet = parseSubnet('10.78.0.17/28');
    expect(subnet).toMatchObject({ cidr: '10.78.0.16/28', broadcast: parseIpv4('10.78.0.31') });
    expect(subnetContains(subnet, parseIpv4('10.78.0.31'))).toBe(true);
    expect(subnetContains(subnet, parseIpv4('10.78.0.32'))).toBe(false);
  });

  it.each(['10.78.0.0', '10.78.0.0/0', '10.78.0.0/31', '10.78.0.0/x'])('refuse the subnet %j', (text) => {
    expect(() => parseSubnet(text)).toThrow(AddressError);
  });

  it.each(['52-54-00-AB-CD-EF', '5254.00ab.cdef', '525400ABCDEF'])('%j is one NIC', (text) => {
    expect(parseMac(text)).toBe('52:54:00:ab:cd:ef');
  });

  it('refuse half a hardware address', () => {
    expect(() => parseMac('52:54:00')).toThrow(/six pairs/);
  });
});
