import { describe, expect, it } from 'vitest';
import { planRanges } from './address-plan.ts';

const text = (cidr: string, own: string): string[] =>
  planRanges(cidr, own).map(({ purpose, first, last }) => `${purpose} ${first}-${last}`);

describe('planRanges', () => {
  it('divides a /24', () => {
    expect(text('10.78.0.0/24', '10.78.0.1')).toEqual([
      'admin 10.78.0.1-10.78.0.15',
      'host 10.78.0.16-10.78.0.170',
      'dhcp 10.78.0.171-10.78.0.254',
    ]);
  });

  it('leaves out the own address wherever it is', () => {
    expect(text('10.78.0.0/24', '10.78.0.100')).toContain('host 10.78.0.101-10.78.0.170');
    expect(text('10.78.0.0/24', '10.78.0.254')).toContain('dhcp 10.78.0.171-10.78.0.253');
  });

  it('divides the smallest and the largest it takes', () => {
    expect(text('192.0.2.0/28', '192.0.2.1')).toEqual([
      'admin 192.0.2.1-192.0.2.1',
      'host 192.0.2.2-192.0.2.10',
      'dhcp 192.0.2.11-192.0.2.14',
    ]);
    expect(text('10.0.0.0/8', '10.0.0.1')[0]).toBe('admin 10.0.0.1-10.0.0.16');
  });

  it('refuses a network without room', () => {
    expect(() => planRanges('192.0.2.0/29', '192.0.2.1')).toThrow('/28 or shorter');
  });
});
