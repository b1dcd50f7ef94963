import { describe, expect, it } from 'vitest';
import { platformOf } from './os-release.ts';

describe('platformOf', () => {
  it.each([
    ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n', 'debian-12'],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', 'ubuntu-24.04'],
    ['ID="rocky"\nVERSION_ID="9.4"\n', 'rocky-9'],
    ['ID=arch\n', 'arch'],
    ['ID="a b"\nVERSION_ID="1"\n', null],
    ['', null],
  ])('reads %j as %s', (text, platform) => {
    expect(platformOf(text)).toBe(platform);
  });
});
