import { describe, expect, it } from 'vitest';
import { ipmiError } from './ipmi-errors.ts';

describe('ipmiError', () => {
  it.each([
    [
      'RAKP 2 HMAC is invalid\nError: Unable to establish IPMI v2 / RMCP+ session',
      'bmc.wrong_password',
      false,
    ],
    [
      'RAKP 2 message indicates an error : unauthorized name\nError: Unable to establish',
      'bmc.unknown_user',
      false,
    ],
    ['Error: Unable to establish IPMI v2 / RMCP+ session', 'bmc.unreachable', true],
    ['Address lookup for bmc7 failed\nCould not open socket!', 'bmc.unknown_host', false],
    ['Set Chassis Power Control to Up/On failed: Insufficient privilege level', 'bmc.not_permitted', false],
    ['something new', 'bmc.failed', true],
    ['', 'bmc.failed', true],
  ])('reads %j as %s', (words, code, transient) => {
    const error = ipmiError('10.0.0.7:623', words);

    expect(error).toMatchObject({ code, transient });
    expect(error.message).toContain('10.0.0.7:623');
    expect(error.remedy).toMatch(/\.$/);
  });
});
