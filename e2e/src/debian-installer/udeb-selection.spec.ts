import { expect, it } from 'vitest';
import { parseStanzas } from './stanza.ts';
import { nameOf, selectUdebs } from './udeb-selection.ts';

const AVAILABLE = parseStanzas(`Package: base-installer
Priority: required
Depends: kernel-installer, partman-base, libc6-udeb

Package: partman-base
Priority: standard
Depends: ext2-modules, partman-utils

Package: partman-utils
Priority: optional

Package: partman-btrfs
Priority: standard

Package: rescue-mode
Priority: optional

Package: ext4-modules-6.2-di
Priority: optional
Kernel-Version: 6.2
Provides: ext2-modules, ext4-modules

Package: ext4-modules-6.1-di
Priority: optional
Kernel-Version: 6.1
Provides: ext2-modules, ext4-modules

Package: nic-modules-6.1-di
Priority: standard
Kernel-Version: 6.1
`);

const select = (...installed: string[]) =>
  selectUdebs(AVAILABLE, { kernelVersion: '6.2', installed: new Set(installed) })
    .map(nameOf)
    .sort();

it("takes what the installer takes by priority, its dependencies, and its own kernel's modules", () => {
  expect(select()).toEqual(['base-installer', 'ext4-modules-6.2-di', 'partman-base', 'partman-utils']);
});

it('leaves out what the first stage has, by its name or by what it provides', () => {
  expect(select('partman-utils')).not.toContain('partman-utils');
  expect(select('ext4-modules-6.2-di')).not.toContain('ext4-modules-6.2-di');
});
