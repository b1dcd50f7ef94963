import { expect, it } from 'vitest';
import { localGrubConfig } from './local-grub.ts';

it('looks for the vendor loaders before the removable-media one', () => {
  const config = localGrubConfig();

  expect(config.indexOf('/EFI/debian/shimx64.efi')).toBeLessThan(config.indexOf('/EFI/BOOT/BOOTX64.EFI'));
});

it('starts each loader from the disk it was found on', () => {
  expect(localGrubConfig()).toContain(
    'if search --no-floppy --set=root --file /EFI/BOOT/BOOTX64.EFI; then\n  if chainloader /EFI/BOOT/BOOTX64.EFI; then boot; fi\nfi',
  );
});

it('ends in a restart, never a prompt', () => {
  expect(localGrubConfig().trimEnd().endsWith('sleep 10\nreboot')).toBe(true);
});

it('falls back on the menu of the installed GRUB', () => {
  const config = localGrubConfig();

  expect(config.indexOf('configfile ($root)/boot/grub/grub.cfg')).toBeGreaterThan(
    config.indexOf('/EFI/BOOT/BOOTX64.EFI'),
  );
});
