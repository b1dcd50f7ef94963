import { describe, expect, it } from 'vitest';
import { phaseOf } from './phases.ts';

describe('phaseOf', () => {
  it.each([
    ['power-on', 'power'],
    ['dhcp-discover', 'network'],
    ['loader', 'loader'],
    ['loader ipxe.efi', 'loader'],
    ['script', 'loader'],
    ['kernel', 'kernel'],
    ['initrd', 'kernel'],
    ['kernel-start', 'kernel'],
    ['userspace-start', 'system'],
    ['agent', 'system'],
    ['inventory', 'system'],
    ['wipe', 'install'],
    ['partition', 'install'],
    ['unpack', 'install'],
    ['configure', 'configure'],
    ['boot-loader', 'configure'],
    ['reboot', 'reboot'],
    ['first-boot', 'contact'],
    ['first-ssh', 'contact'],
    ['something-new', 'system'],
  ])('%s belongs to %s', (mark, phase) => {
    expect(phaseOf(mark)).toBe(phase);
  });
});
