import { describe, expect, it } from 'vitest';
import { lanConfig } from './ipmi-sim-config.ts';

const access = { address: '10.78.1.11', port: 623, username: 'operator', password: 'a-b_c' };

describe('lanConfig', () => {
  it('lets in one administrator, with IPMI 2.0', () => {
    expect(
      lanConfig('node-1', '844c9cef-1e4f-41cb-8554-7c1fd9afe570', access, '/rack/control /rack/s node-1'),
    ).toBe(`name "node-1"
set_working_mc 0x20
startlan 1
  addr 10.78.1.11 623
  priv_limit admin
  allowed_auths_admin md5
  guid 844c9cef1e4f41cb85547c1fd9afe570
endlan
chassis_control "/rack/control /rack/s node-1"
user 2 true "operator" "a-b_c" admin 10 md5
`);
  });

  it.each(['a"b', 'a\nb', 'a\\b', '$a'])('refuses %j, for which the language has no escape', (password) => {
    expect(() => lanConfig('node-1', 'u', { ...access, password }, 'c')).toThrow(/cannot be written/);
  });
});
