import { describe, expect, it } from 'vitest';
import { hardwareNics, isSameMachine, usableSerial, usableUuid } from './machine-identity.ts';
import { testInventory, testNic } from './testing/inventory.ts';

const uuid = 'a1b2c3d4-0000-4000-8000-000000000001';
const other = 'a1b2c3d4-0000-4000-8000-000000000002';
const machine = (changes: { uuid?: string | null; serial?: string | null; macs?: string[] }) => ({
  uuid: null,
  serial: null,
  macs: ['52:54:00:00:00:01'],
  ...changes,
});

describe('usableUuid', () => {
  it.each([
    ['A1B2C3D4-0000-4000-8000-000000000001', uuid],
    ['00000000-0000-0000-0000-000000000000', null],
    ['FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', null],
    ['03000200-0400-0500-0006-000700080009', null],
    ['Not Settable', null],
    ['', null],
  ])('reads %s', (text, expected) => {
    expect(usableUuid(text)).toBe(expected);
  });
});

describe('usableSerial', () => {
  it.each([
    ['CZ3130ABCD', 'CZ3130ABCD'],
    [' X1 ', 'X1'],
    ['To Be Filled By O.E.M.', null],
    ['Default string', null],
    ['0000000', null],
    ['', null],
  ])('reads %j', (text, expected) => {
    expect(usableSerial(text)).toBe(expected);
  });
});

describe('isSameMachine', () => {
  it.each([
    ['the same UUID and NIC', machine({ uuid }), machine({ uuid }), true],
    [
      'the same UUID and serial number, NICs exchanged',
      machine({ uuid, serial: 'S', macs: [] }),
      machine({ uuid, serial: 'S' }),
      true,
    ],
    [
      'a UUID that a vendor gave twice',
      machine({ uuid, serial: 'S' }),
      machine({ uuid, serial: 'T', macs: [] }),
      false,
    ],
    ['a NIC that moved to another machine', machine({ uuid }), machine({ uuid: other }), false],
    ['a NIC of a machine not yet discovered', machine({}), machine({ uuid }), true],
    ['nothing in common', machine({ uuid, macs: [] }), machine({ uuid: other }), false],
  ])('%s', (_what, known, reported, expected) => {
    expect(isSameMachine(known, reported)).toBe(expected);
  });
});

describe('hardwareNics', () => {
  it('leaves out zeros, multicast and repeats', () => {
    const macs = [
      '52:54:00:00:00:01',
      '52:54:00:00:00:01',
      '00:00:00:00:00:00',
      '01:00:5e:00:00:01',
      '02:00:00:00:00:01',
    ];
    const inventory = testInventory(1, { nics: macs.map((mac) => testNic(mac)) });

    expect(hardwareNics(inventory).map(({ mac }) => mac)).toEqual(['52:54:00:00:00:01', '02:00:00:00:00:01']);
  });
});
