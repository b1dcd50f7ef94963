import { describe, expect, it } from 'vitest';
import { defaultBootEnv, installsBy, requireInstallingBootEnv } from './boot-env-kind.ts';

describe('boot env kinds', () => {
  it('tells images from installers', () => {
    expect(installsBy('debian-12')).toBe('image');
    expect(installsBy('debian-12-installer')).toBe('installer');
    expect(installsBy('rocky-9-installer')).toBe('installer');
    expect(installsBy(null)).toBe('image');
  });

  it('defaults to the release of the admin machine', () => {
    expect(defaultBootEnv('NAME="Debian GNU/Linux"\nVERSION_ID="13"\nID=debian\n')).toBe('debian-13');
    expect(defaultBootEnv('ID=ubuntu\nVERSION_ID="24.04"\n')).toBe('debian-12');
  });

  it.each(['windows', 'discovery', 'local', ''])('refuses %j for an installation', (name) => {
    expect(() => requireInstallingBootEnv(name)).toThrow(expect.objectContaining({ status: 422 }));
  });
});
