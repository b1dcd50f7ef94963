import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OptionDefinition, OptionError } from './option-format.ts';
import { option, optionName } from './option-table.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** Option, its bytes, its value. */
const examples: [OptionDefinition<never>, string, unknown][] = [
  [option.subnetMask, 'ff ff ff 00', 0xffffff00],
  [option.routers, '0a 4e 00 01  0a 4e 00 02', [0x0a4e0001, 0x0a4e0002]],
  [option.messageType, '05', 5],
  [option.maxMessageSize, '05 c0', 1472],
  [option.leaseTime, '00 00 0e 10', 3600],
  [option.vendorClass, '50 58 45 43 6c 69 65 6e 74', 'PXEClient'],
  [option.clientId, '01 52 54 00 00 00 01', bytes('01525400000001')],
  [option.architectures, '00 07 00 09', [7, 9]],
  [option.networkInterface, '01 03 10', { type: 1, major: 3, minor: 16 }],
  // Two user classes: 3 bytes "one", 2 bytes "tw".
  [option.userClass, '03 6f 6e 65  02 74 77', ['one', 'tw']],
  // Type 0, then the UUID with its first three fields little-endian.
  [
    option.machineId,
    '00  33 22 11 00  55 44  77 66  88 99  aa bb cc dd ee ff',
    '00112233-4455-6677-8899-aabbccddeeff',
  ],
  // Circuit identifier "eth0", then link selection.
  [
    option.relayAgent,
    '01 04 65 74 68 30  05 04 0a 4e 01 00',
    new Map([
      [1, Buffer.from('eth0')],
      [5, bytes('0a4e0100')],
    ]),
  ],
] as never;

describe('option layouts', () => {
  it.each(examples)('%o', (definition, hex, value) => {
    expect(definition.format.decode(bytes(hex))).toEqual(value);
    expect(definition.format.encode(value as never)).toEqual(bytes(hex));
  });

  it.each([
    [option.subnetMask, 'ff ff ff'],
    [option.routers, '0a 4e 00'],
    [option.routers, ''],
    [option.messageType, ''],
    [option.messageType, '05 00'],
    [option.maxMessageSize, '05'],
    [option.leaseTime, '00 00 0e'],
    [option.vendorClass, ''],
    [option.clientId, ''],
    [option.architectures, '00'],
    [option.architectures, ''],
    [option.networkInterface, '01 03'],
    [option.userClass, ''],
    [option.machineId, '00 11'],
    [option.machineId, 'ff'.repeat(17)],
    [option.relayAgent, '01 04 65'],
    [option.relayAgent, '01'],
  ] as [OptionDefinition<unknown>, string][])('%o refuses %j', (definition, hex) => {
    expect(() => definition.format.decode(bytes(hex))).toThrow(OptionError);
  });

  it('takes a user class without lengths as one word, as iPXE sends it', () => {
    expect(option.userClass.format.decode(Buffer.from('iPXE'))).toEqual(['iPXE']);
  });

  it('drops the zero that some ROMs put behind text', () => {
    expect(option.bootFile.format.decode(Buffer.from('boot\0\0'))).toBe('boot');
  });

  it('names what it knows and what it does not', () => {
    expect([optionName(54), optionName(200)]).toEqual(['54 server identifier', 'unknown (200)']);
  });

  it('throws nothing but OptionError, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(option)),
        fc.uint8Array({ maxLength: 40 }),
        (definition, raw) => {
          try {
            definition.format.decode(Buffer.from(raw));
          } catch (error) {
            expect(error).toBeInstanceOf(OptionError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
